import { canonicalString } from "@/lib/gateway/signature";
import type { Random } from "../core/random";
import type { Fields } from "./message";

const freeText = ["body", "subject", "extParam", "errMsg"] as const;

/** A message whose free text somebody outside could write: pieces of other fields among its words. */
export function withPlantedText(fields: Fields, random: Random, victim: Fields): Fields {
  const names = Object.keys(victim);
  const planted = Array.from({ length: 1 + random.below(5) }, () => {
    const name = names[random.below(names.length)] ?? "state";
    return `${name}=${victim[name]}`;
  });
  const name = freeText[random.below(freeText.length)] ?? "body";
  const last = random.below(2) === 0 ? "&subject=" : "";
  return { ...fields, state: "3", [name]: `tea&${planted.join("&")}${last}` };
}

/**
 * Another division of the same signed text into fields of known names: some of its separators are taken for separators,
 * the others for a part of a value. Its pieces come in the order in which they are signed, so its signature is the same.
 *
 * @returns null when the division is the message's own, or would be signed in another order
 */
export function otherSet(fields: Fields, known: ReadonlySet<string>, random: Random): [string, string][] | null {
  const text = canonicalString(fields);
  const parts = text.split("&").slice(0, -1);
  const set: [string, string][] = [];
  for (const part of parts) {
    const end = part.indexOf("=");
    const isBeginning = end > 0 && known.has(part.slice(0, end)) && random.below(3) > 0;
    const last = set.at(-1);
    if (isBeginning || !last) set.push([part.slice(0, Math.max(end, 0)), part.slice(end + 1)]);
    else last[1] += `&${part}`;
  }
  const own = Object.entries(fields).filter(([, value]) => value !== "");
  const isOwn = set.length === own.length && set.every(([name, value]) => fields[name] === value);
  const isSameText =
    new Set(set.map(([name]) => name)).size < set.length || canonicalString(Object.fromEntries(set)) === text;
  return isOwn || !isSameText ? null : set;
}
