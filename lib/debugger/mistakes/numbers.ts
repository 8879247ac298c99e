import type { WireMember } from "@/lib/gateway/wire-fields";
import { amountNames, timeNames } from "../known-names";
import { type Mistake, rewriting, type Said } from "../mistake";

/** Sums, times and numbers that were signed otherwise than they were sent. */
export function numberMistakes(members: readonly WireMember[]): Mistake[] {
  const amounts = members.some(({ name }) => amountNames.has(name)) ? amountMistakes : [];
  const times = members.some(({ name }) => timeNames.has(name)) ? timeMistakes : [];
  return [...amounts, ...times, ...constants, ...otherNumbers];
}

const cents = "Sums are whole cents, without a point and without separators, and are signed exactly as they are sent.";
const milliseconds =
  "reqTime is 13 digits, milliseconds since 1970. Compute it once, then sign and send that same text.";

const amountMistakes: Mistake[] = [
  onAmounts((digits) => `${digits.padStart(3, "0").slice(0, -2)}.${digits.padStart(2, "0").slice(-2)}`, {
    ...{ label: "amount_major_units", likelihood: 1, entry: "SIG-15" },
    what: "The sum was signed in dollars with two decimals, but sent in cents.",
    fix: cents,
  }),
  onAmounts((digits) => withoutTrailingZeros(digits), {
    ...{ label: "amount_major_units_short", likelihood: 2, entry: "SIG-15" },
    what: "The sum was signed in dollars, but sent in cents.",
    fix: cents,
  }),
  onAmounts((digits) => `${digits}00`, {
    ...{ label: "amount_times_100", likelihood: 2, entry: "SIG-15" },
    what: "The sum was multiplied by 100 once too often before signing.",
    fix: cents,
  }),
  onAmounts((digits) => `${digits}.0`, {
    ...{ label: "amount_decimal_suffix", likelihood: 2, entry: "SIG-15" },
    what: "The sum was signed as a decimal number, with .0 behind it.",
    fix: cents,
  }),
  onAmounts((digits) => `${digits}.00`, {
    ...{ label: "amount_two_decimals", likelihood: 2, entry: "SIG-15" },
    what: "The sum in cents was signed with .00 behind it.",
    fix: cents,
  }),
  onAmounts((digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","), {
    ...{ label: "amount_with_separators", likelihood: 3, entry: "SIG-15" },
    what: "The sum was signed with separators between the thousands.",
    fix: cents,
  }),
  onAmounts((digits) => String(BigInt(digits) - 1n), {
    ...{ label: "amount_one_cent_less", likelihood: 3, entry: "SIG-12", isAlone: true },
    what: "The signed sum is one cent less than the sent one: it was cut off in floating point.",
    fix: "Compute cents from the digits that were typed, never by multiplying a decimal number by 100.",
  }),
  rewriting((text, { name }) => (amountNames.has(name) ? plainNumber(text) : text), {
    ...{ label: "amount_reformatted", likelihood: 3, entry: "SIG-15" },
    what: "The sum was signed as a plain whole number, but sent in another spelling.",
    fix: cents,
  }),
];

function onAmounts(rewrite: (digits: string) => string, said: Said): Mistake {
  return rewriting(
    (text, { name }) => (amountNames.has(name) && /^[0-9]{1,18}$/.test(text) ? rewrite(text) : text),
    said,
  );
}

function withoutTrailingZeros(digits: string): string {
  const padded = digits.padStart(3, "0");
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`.replace(/\.?0+$/, "");
}

function plainNumber(text: string): string {
  const match = /^\s*0*([0-9][0-9,]*)(?:\.0*)?\s*$/.exec(text);
  return match?.[1]?.replaceAll(",", "") ?? text;
}

const timeMistakes: Mistake[] = [
  onTimes((time) => (/^[0-9]{13}$/.test(time) ? time.slice(0, -3) : time), {
    ...{ label: "reqTime_seconds", likelihood: 2, entry: "SIG-16" },
    what: "reqTime was signed in seconds, but sent in milliseconds.",
    fix: milliseconds,
  }),
  onTimes((time) => (/^[0-9]{10}$/.test(time) ? `${time}000` : time), {
    ...{ label: "reqTime_milliseconds", likelihood: 2, entry: "SIG-16" },
    what: "reqTime was signed in milliseconds, but sent in seconds.",
    fix: milliseconds,
  }),
  onTimes((time) => (/^[0-9]{13}$/.test(time) ? `${time}000` : time), {
    ...{ label: "reqTime_microseconds", likelihood: 2, entry: "SIG-16" },
    what: "reqTime was signed in microseconds, but sent in milliseconds.",
    fix: milliseconds,
  }),
  onTimes((time) => (/^[0-9]{16}$/.test(time) ? time.slice(0, -3) : time), {
    ...{ label: "reqTime_milliseconds", likelihood: 3, entry: "SIG-16", isAlone: true },
    what: "reqTime was signed in milliseconds, but sent in microseconds.",
    fix: milliseconds,
  }),
  onTimes((time) => (/^[0-9]{13}$/.test(time) ? `${time.slice(0, -3)}000` : time), {
    ...{ label: "reqTime_whole_seconds", likelihood: 3, entry: "SIG-12" },
    what: "reqTime was signed without its milliseconds (ending in 000), but sent with them.",
    fix: milliseconds,
  }),
  onTimes(doubleText, {
    ...{ label: "reqTime_scientific", likelihood: 3, entry: "SIG-16" },
    what: "reqTime was signed as a floating-point number, such as 1.7E12.",
    fix: milliseconds,
  }),
  onTimes((time) => (/^[0-9]+$/.test(time) ? `${time}.0` : time), {
    ...{ label: "reqTime_decimal_suffix", likelihood: 4, entry: "SIG-16" },
    what: "reqTime was signed as a decimal number, with .0 behind it.",
    fix: milliseconds,
  }),
  ...[0, 8].map((hours) =>
    onTimes((time) => dateDigits(time, hours), {
      ...{ label: "reqTime_as_date", likelihood: 3, entry: "SIG-16", isAlone: true },
      what: `reqTime was signed as a date, year to second${hours === 8 ? " in Hong Kong time" : " in UTC"}, but sent in milliseconds.`,
      fix: milliseconds,
    }),
  ),
  ...[1, 2, 3, 4, 5].flatMap((ms) => [regenerated(-ms), regenerated(ms)]),
];

function onTimes(rewrite: (text: string) => string, said: Said): Mistake {
  return rewriting((text, { name }) => (name === "reqTime" ? rewrite(text) : text), said);
}

/** reqTime taken from the clock a second time; `offsetMs` is what the signed one is away from the sent one. */
function regenerated(offsetMs: number): Mistake {
  return onTimes(
    (time) => (/^[0-9]{13}$/.test(time) ? String(Number(time) + offsetMs) : time),
    regeneratedSaid(offsetMs),
  );
}

export function regeneratedSaid(offsetMs: number): Said {
  const ms = Math.abs(offsetMs);
  return {
    ...{ label: "reqTime_regenerated", likelihood: 3, entry: "SIG-12" },
    what: `reqTime was taken from the clock twice: the signed one is ${ms} ms ${offsetMs < 0 ? "older" : "newer"} than the sent one.`,
    fix: milliseconds,
  };
}

function doubleText(digits: string): string {
  if (!/^[1-9][0-9]{7,15}$/.test(digits)) return digits;
  const fraction = digits.slice(1).replace(/0+$/, "");
  return `${digits[0]}.${fraction === "" ? "0" : fraction}E${digits.length - 1}`;
}

function dateDigits(time: string, hours: number): string {
  if (!/^[0-9]{13}$/.test(time)) return time;
  return new Date(Number(time) + hours * 3_600_000).toISOString().replace(/[-T:]/g, "").slice(0, 14);
}

const constants: Mistake[] = [
  ...["1.0.0", "1", "2.0"].map((version) =>
    rewriting((text, { name }) => (name === "version" ? version : text), {
      ...{ label: "version_differs", likelihood: 4, entry: "SIG-23", isAlone: true },
      what: `version was signed as ${version}, but sent otherwise.`,
      fix: "version is 1.0, in the signature and in the message.",
    }),
  ),
  ...["MD5", "md5"].map((type) =>
    rewriting((text, { name }) => (name === "signType" ? type : text), {
      ...{ label: "signType_differs", likelihood: 4, entry: "SIG-12", isAlone: true },
      what: `signType was signed as ${type}, but sent otherwise.`,
      fix: "signType is MD5, in the signature and in the message.",
    }),
  ),
  rewriting((text, { name }) => (name === "currency" ? swapCase(text) : text), {
    ...{ label: "currency_case_changed", likelihood: 4, entry: "SIG-12", isAlone: true },
    what: "The currency was signed in another letter case than it was sent.",
    fix: "Write the currency once, in capitals, and sign what you send.",
  }),
];

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

const otherNumbers: Mistake[] = [
  rewriting((text, { value }) => (value.kind === "number" && /^-?[0-9]+$/.test(text) ? gsonText(text) : text), {
    ...{ label: "numbers_as_doubles", likelihood: 3, entry: "SIG-12" },
    what: "Whole numbers were signed as decimal ones, as Gson and Lua read them.",
    fix: "Read numbers as whole numbers, or keep them as texts, before you sign.",
  }),
  rewriting((text) => (/^[0-9]{17,25}$/.test(text) ? String(BigInt(Number(text))) : text), {
    ...{ label: "id_rounded", likelihood: 3, entry: "SIG-26" },
    what: "A long number lost its last digits on the way through a JavaScript number.",
    fix: "Keep order numbers as texts.",
  }),
];

function gsonText(digits: string): string {
  return doubleText(digits) === digits ? `${digits}.0` : doubleText(digits);
}
