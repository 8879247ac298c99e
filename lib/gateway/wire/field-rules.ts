import { z } from "zod";
import { readFields, UnreadableFields } from "@/lib/gateway/fields";

/** What is wrong with one field of a request, said to a person. */
export type FieldProblem = { field: string; message: string };

/** Characters as the gateway's database counts them: one for each code point. */
function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const ampersandMessage =
  "Leave out “&”: the gateway cuts a value there when it notifies us, so the notification could never be verified. Write “and” or “＆”.";

/**
 * Text that the gateway repeats in notifications. `&` is refused for the reason its message gives, and because the
 * signed text does not mark where a value ends, so such a value could pass for other fields.
 *
 * Source: gateway-protocol 6.5.
 */
export function freeText(longest: number) {
  return shortText(longest).refine((text) => !text.includes("&"), { error: ampersandMessage });
}

/** A text with something in it, at most so many characters. */
export function shortText(longest: number) {
  return z
    .string({ error: required })
    .refine((text) => text.trim() !== "", { error: "Write something here." })
    .refine((text) => characterCount(text) <= longest, {
      error: (issue) => `At most ${longest} characters; this has ${characterCount(String(issue.input))}.`,
    })
    .refine((text) => !/\p{Surrogate}/u.test(text), { error: "There is half a character in it. Type it again." });
}

/** A number or code without spaces or characters that have a meaning on the wire. */
export function codeText(longest: number) {
  return shortText(longest).refine((text) => /^[A-Za-z0-9_.:@-]*$/.test(text), {
    error: "Use letters, digits and - _ . : @ only.",
  });
}

export const ipv4 = z.ipv4({ error: "Write an IPv4 address such as 203.0.113.7. The gateway takes no IPv6." });

/**
 * Where the gateway notifies us. A query string is refused: the gateway mixes its parameters unsigned into the message.
 *
 * Source: gateway-protocol 6.4.
 */
export function notifyAddress(longest: number) {
  return webAddress(longest)
    .refine((text) => !text.includes("?"), {
      error: "Leave out the query string: the gateway would mix it into the notification and break its signature.",
    })
    .refine((text) => !text.includes("#"), { error: "Leave out everything from # on: a server never sees it." })
    .refine((text) => !text.includes("&"), { error: ampersandMessage });
}

export function webAddress(longest: number) {
  return shortText(longest)
    .refine((text) => !/\s/.test(text), { error: "An address has no spaces." })
    .refine(isWebAddress, { error: "Write a full address that begins with https:// or http://." });
}

function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^/?#]/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

/** Extra channel parameters: the text of a JSON object, sent byte for byte as it was signed. */
export const channelExtra = shortText(256).superRefine((text, context) => {
  try {
    if (text.trimStart().startsWith("{")) readFields(text);
    else context.addIssue({ code: "custom", message: 'Write a JSON object such as {"payDataType":"codeUrl"}.' });
  } catch (cause) {
    if (!(cause instanceof UnreadableFields)) throw cause;
    context.addIssue({ code: "custom", message: `This is not JSON: ${cause.message}.` });
  }
});

export function required(issue: { input?: unknown }): string {
  return issue.input === undefined || issue.input === null ? "This is needed." : "This must be text.";
}

export function wholeNumber(smallest: number, largest: number, message: string) {
  return z.int({ error: message }).min(smallest, { error: message }).max(largest, { error: message });
}
