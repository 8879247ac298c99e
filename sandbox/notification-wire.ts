import { inHashTableOrder } from "@/lib/gateway/java-hash-table";

// Half a surrogate pair has no place in a URL; the reference server writes a question mark.
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Writes fields behind an address as the reference server does, with all its quirks: it looks for `=` to learn whether
 * there are parameters already, and its encoder leaves `&` and `=` inside values alone.
 *
 * Source: gateway-protocol 6.4, 6.5 and 6.8; `StringKit.appendUrlQuery`.
 */
export function appendFields(url: string, fields: Readonly<Record<string, string | number>>): string {
  let written = url.includes("?") ? url : `${url}?`;
  let hasParameters = url.includes("=");
  const entries = Object.entries(fields).map(([name, value]) => ({ name, value }));
  for (const { name, value } of inHashTableOrder(entries)) {
    written += `${hasParameters ? "&" : ""}${name}=${encodeQuery(String(value))}`;
    hasParameters = true;
  }
  return written;
}

/**
 * What goes over the wire for an address with fields: everything behind its first `?` is split at `&` again and becomes
 * the form body. So an `&` inside a value ends that value, and a piece without `=` is lost.
 */
export function splitIntoForm(urlWithFields: string): { target: string; body: string } {
  const start = urlWithFields.indexOf("?");
  const parameters = new Map<string, string>();
  for (const piece of urlWithFields.slice(start + 1).split("&")) {
    const end = piece.indexOf("=");
    if (end !== -1) parameters.set(decode(piece.slice(0, end)), decode(piece.slice(end + 1)));
  }
  return { target: urlWithFields.slice(0, start), body: new URLSearchParams([...parameters]).toString() };
}

function encodeQuery(text: string): string {
  return encodeURI(text.replace(loneSurrogate, "?")).replaceAll("#", "%23");
}

/** Percent escapes only: a `+` stays a `+`. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The merchant's own parameters may hold a stray percent sign; it travels as it is.
    return text;
  }
}
