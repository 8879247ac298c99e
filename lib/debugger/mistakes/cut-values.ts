import type { WireMember } from "@/lib/gateway/wire-fields";
import { freeTextNames, knownNames } from "../known-names";
import { type Mistake, picking, rewriting, type Said } from "../mistake";

/**
 * Values that lost everything behind an ampersand, because they were sent in a form without encoding. What was lost
 * often still stands in the message, as fields that nobody knows: here it is put back.
 *
 * Source: gateway-protocol 6.5 and SIG-21.
 */
export function rejoinedValues(members: readonly WireMember[]): Mistake[] {
  const strays = members.filter(({ name }) => !knownNames.has(name));
  const texts = members.filter(({ name, value }) => cuttableNames.has(name) && value.kind === "text");
  if (strays.length === 0 || strays.length > mostStrays) return [];
  const groups = strays.length > 1 ? [strays, ...strays.map((stray) => [stray])] : [strays];
  return groups.flatMap((group) => texts.flatMap((text) => [rejoined(text, group, "="), rejoined(text, group, "")]));
}

const mostStrays = 4;
const cuttableNames = new Set([...freeTextNames, "notifyUrl", "returnUrl", "channelExtra"]);

function rejoined(text: WireMember, strays: readonly WireMember[], equals: "=" | ""): Mistake {
  const lost = strays.map(({ name, value }) => {
    const content = value.kind === "text" ? value.text : "";
    return content === "" ? `&${name}${equals}` : `&${name}=${content}`;
  });
  const whole = `${text.value.kind === "text" ? text.value.text : ""}${lost.join("")}`;
  return picking(
    (present) =>
      present
        .filter((member) => !strays.includes(member))
        .map((member) => (member === text ? { name: text.name, value: { kind: "text", text: whole } } : member)),
    { ...cutSaid(text.name, whole), isAlone: true },
  );
}

export function cutSaid(name: string, whole: string): Said {
  return {
    ...{ label: "value_cut_at_ampersand", likelihood: 2, entry: "SIG-21" },
    what: `${name} was cut off at an ampersand on its way: it was "${whole}" when it was signed.`,
    fix: "Percent-encode form values (& becomes %26). In subject, body and extParam avoid & altogether: the gateway's own notifications lose what follows it.",
  };
}

/** The same slip where nothing is left of what was lost: `ending` is a guess that only the digest can confirm. */
export function cutValue(name: string, ending: string): Mistake {
  return rewriting((text, member) => (member.name === name ? `${text}${ending}` : text), cutSaid(name, `…${ending}`));
}

/** What may have stood behind the cut, the likeliest first. `values` are the message's other texts. */
export function* lostEndings(value: string, values: readonly string[]): Generator<string> {
  for (const other of values) {
    if (!other.startsWith(`${value}&`)) continue;
    for (let end = value.length + 2; end <= other.length; end++) yield other.slice(value.length, end);
  }
  for (const between of ["&", "& ", "&amp;", "&amp; "]) {
    for (const character of wordCharacters) yield `${between}${character}`;
    for (const word of likelyWords) {
      yield `${between}${word}`;
      yield `${between}${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
    }
  }
  for (const between of ["&", "& "]) {
    for (const name of letters) for (const character of wordCharacters) yield `${between}${name}=${character}`;
  }
  for (const first of wordCharacters) for (const second of wordCharacters) yield `&${first}${second}`;
}

const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const wordCharacters = [...letters, ..."0123456789"];

const likelyWords =
  "cake tea coffee milk bread water juice rice noodles soup sugar cream co company sons more other others service delivery shipping tax fee fees tip gift card friends family bar grill cancelled refunded returned returns exchange drinks food snacks sweets salad chips fries cheese wine beer lunch dinner breakfast b2b ltd partners".split(
    " ",
  );
