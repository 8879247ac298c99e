import type { Random } from "../core/random";
import { type Delivery, type Fields, formOf, formType } from "./message";

/** A genuine message with one to four changes by chance, most of them towards what the victim's message would say. */
export function mutated(genuine: Fields, target: Fields, random: Random): Delivery {
  let pairs: [string, string][] = Object.entries(genuine);
  for (let left = 1 + random.below(4); left > 0; left -= 1) pairs = change(pairs, target, random);
  if (!pairs.some(([name, value]) => target[name] === value && genuine[name] !== value)) {
    const number = target["mchOrderNo"] ?? "";
    pairs = pairs.map(([name, value]): [string, string] => [name, name === "mchOrderNo" ? number : value]);
  }
  return written(pairs, random);
}

type Pairs = [string, string][];

function change(pairs: Pairs, target: Fields, random: Random): Pairs {
  const at = random.below(Math.max(pairs.length, 1));
  const [name = "state", value = ""] = pairs[at] ?? [];
  const others = pairs.filter((_, place) => place !== at);
  switch (random.below(9)) {
    case 0:
      return [...others, [name, target[name] ?? "2"]];
    case 1:
      return others;
    case 2:
      return [...pairs, [name, target[name] ?? value]];
    case 3:
      return [[name, target[name] ?? value], ...pairs];
    case 4:
      return [...others, [name.toUpperCase(), value]];
    case 5:
      return [...others, [name, flipped(value, random)]];
    case 6:
      return [...others, [`${name}${strange(random)}`, value]];
    case 7:
      return [...others, [name, `${value}${strange(random)}`]];
    default:
      return [...others, [name, `${value}&${name}=${target[name] ?? "2"}`]];
  }
}

function flipped(value: string, random: Random): string {
  const at = random.below(Math.max(value.length, 1));
  const other = String.fromCharCode((value.charCodeAt(at) || 48) ^ (1 << random.below(7)));
  return value.slice(0, at) + other + value.slice(at + 1);
}

const stranges = ["\u0000", "\u200B", "\uFEFF", " ", "&", "=", "\uD800", "２", "%32", "\n", "+", "[]", "é", "e\u0301"];

function strange(random: Random): string {
  return stranges[random.below(stranges.length)] ?? "";
}

function written(pairs: Pairs, random: Random): Delivery {
  switch (random.below(6)) {
    case 0:
      return { body: JSON.stringify(Object.fromEntries(pairs)), contentType: "application/json" };
    case 1:
      return { body: "", query: formOf(pairs), contentType: null };
    case 2: {
      const half = random.below(pairs.length + 1);
      return { body: formOf(pairs.slice(0, half)), query: formOf(pairs.slice(half)) };
    }
    case 3:
      return { body: new Uint8Array(Buffer.from(formOf(pairs), "latin1")).map(oneOff(random)), contentType: formType };
    default:
      return { body: formOf(pairs), contentType: formType };
  }
}

function oneOff(random: Random): (byte: number) => number {
  const isSpoiled = random.below(4) === 0;
  return (byte) => (isSpoiled && random.below(40) === 0 ? byte ^ 0x80 : byte);
}
