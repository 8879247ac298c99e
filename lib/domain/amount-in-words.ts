import { decimalsOf } from "./money";

type UnitNames = { whole: [one: string, many: string]; part: [one: string, many: string] };

const names: Record<string, UnitNames> = {
  AUD: { whole: ["Australian dollar", "Australian dollars"], part: ["cent", "cents"] },
  CNY: { whole: ["yuan", "yuan"], part: ["fen", "fen"] },
  EUR: { whole: ["euro", "euros"], part: ["cent", "cents"] },
  GBP: { whole: ["pound", "pounds"], part: ["penny", "pence"] },
  HKD: { whole: ["Hong Kong dollar", "Hong Kong dollars"], part: ["cent", "cents"] },
  JPY: { whole: ["yen", "yen"], part: ["yen", "yen"] },
  KRW: { whole: ["won", "won"], part: ["won", "won"] },
  KWD: { whole: ["Kuwaiti dinar", "Kuwaiti dinars"], part: ["fils", "fils"] },
  MOP: { whole: ["pataca", "patacas"], part: ["avo", "avos"] },
  SGD: { whole: ["Singapore dollar", "Singapore dollars"], part: ["cent", "cents"] },
  TWD: { whole: ["New Taiwan dollar", "New Taiwan dollars"], part: ["cent", "cents"] },
  USD: { whole: ["US dollar", "US dollars"], part: ["cent", "cents"] },
};

const fractions = ["", "tenth", "hundredth", "thousandth", "ten-thousandth"];
const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const scales = ["", "thousand", "million", "billion", "trillion", "quadrillion"];

/**
 * A sum as one would write it on a cheque: 128025 HKD is "one thousand two hundred and eighty Hong Kong dollars
 * and twenty-five cents". A currency without names here keeps its code: "twelve XYZ and thirty-four hundredths".
 *
 * @param amount  minor units, whole and not negative
 */
export function amountInWords(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const { whole: wholeNames, part: partNames } = names[currency] ?? unnamed(currency, decimals);
  const size = 10 ** decimals;
  const whole = Math.floor(amount / size);
  const part = amount % size;
  const wholeText = `${numberInWords(whole)} ${wholeNames[whole === 1 ? 0 : 1]}`;
  if (part === 0) return wholeText;
  const partText = `${numberInWords(part)} ${partNames[part === 1 ? 0 : 1]}`;
  return whole === 0 ? partText : `${wholeText} and ${partText}`;
}

/** 1160 is "one thousand one hundred and sixty". Whole, not negative, safe integers. */
export function numberInWords(value: number): string {
  if (value === 0) return "zero";
  const groups: { value: number; scale: string }[] = [];
  for (let rest = value, index = 0; rest > 0; rest = Math.floor(rest / 1000), index++) {
    groups.unshift({ value: rest % 1000, scale: scales[index] ?? "" });
  }
  const words = groups.flatMap((group, index) => {
    if (group.value === 0) return [];
    // "one thousand and five": the last group has no hundreds that would carry the "and".
    const joins = index > 0 && index === groups.length - 1 && group.value < 100;
    return [`${joins ? "and " : ""}${belowThousand(group.value)}`, group.scale];
  });
  return words.filter((word) => word !== "").join(" ");
}

function belowThousand(value: number): string {
  if (value < 100) return belowHundred(value);
  const hundreds = `${small[Math.floor(value / 100)]} hundred`;
  return value % 100 === 0 ? hundreds : `${hundreds} and ${belowHundred(value % 100)}`;
}

function belowHundred(value: number): string {
  if (value < 20) return small[value] ?? "";
  const ten = tens[Math.floor(value / 10)] ?? "";
  return value % 10 === 0 ? ten : `${ten}-${small[value % 10]}`;
}

function unnamed(currency: string, decimals: number): UnitNames {
  const fraction = fractions[decimals] ?? "part";
  return { whole: [currency, currency], part: [fraction, `${fraction}s`] };
}
