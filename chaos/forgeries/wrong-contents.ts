import { otherAppId, productionSender } from "./keys";
import type { Fields } from "./message";

export type WrongContent = { name: string; fields: Fields };

/**
 * Every combination of what can be wrong in a message that the gateway really signed: each of its numbers right, of
 * another thing, or not there.
 *
 * @param other  another order of ours
 */
export function wrongContents(right: Fields, other: { mchOrderNo: string; payOrderId: string }): WrongContent[] {
  const choices: Record<string, readonly (string | null)[]> = {
    amount: [right["amount"] ?? "", String(Number(right["amount"]) * 10), String(Number(right["amount"]) - 1), null],
    currency: ["HKD", "USD", "JPY"],
    appId: [right["appId"] ?? "", otherAppId, productionSender.appId],
    mchNo: [right["mchNo"] ?? "", productionSender.mchNo],
    payOrderId: [right["payOrderId"] ?? "", other.payOrderId],
  };
  let all: Fields[] = [right];
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap((fields) =>
      values.map((value): Fields => {
        const { [name]: _, ...rest } = fields;
        return value === null ? rest : { ...rest, [name]: value };
      }),
    );
  }
  return all
    .filter((fields) => Object.keys(choices).some((name) => fields[name] !== right[name]))
    .map((fields) => ({
      name: Object.keys(choices)
        .filter((name) => fields[name] !== right[name])
        .map((name) => `${name}=${fields[name] ?? "(none)"}`)
        .join(" "),
      fields,
    }));
}
