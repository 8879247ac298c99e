import { maskText } from "@/lib/gateway/masking";
import { type GatewayEndpoint, isGatewayEndpoint } from "@/lib/gateway/typed-reading";

/** A case as it is handed on: the message and its signature, never a secret. */
export type SharedCase = {
  readonly text: string;
  readonly receivedSign: string;
  readonly endpoint: GatewayEndpoint | null;
};

const marker = "case=";
/** Longer addresses are cut by programs that people paste them into. */
const longestFragment = 16_000;

/**
 * The part of an address behind `#`, which browsers keep to themselves. Card numbers and payment codes are masked, and a
 * secret that stands in the message is taken out of it. `null` when the message is too long for an address.
 */
export function fragmentOf({ text, receivedSign, endpoint }: SharedCase, secret: string): string | null {
  const masked = maskText(secret.length < shortestSecret ? text : text.replaceAll(secret, "<key>"));
  const sign = receivedSign === secret ? "" : receivedSign;
  const fragment = `${marker}${base64Of(JSON.stringify([masked, sign, endpoint]))}`;
  return fragment.length > longestFragment ? null : fragment;
}

// A shorter one would also be found inside harmless words.
const shortestSecret = 8;

/** Reads the fragment of an address, with or without its `#`; `null` when there is no case in it. */
export function sharedCaseIn(fragment: string): SharedCase | null {
  const body = fragment.replace(/^#/, "");
  if (!body.startsWith(marker) || body.length > longestFragment) return null;
  try {
    const read: unknown = JSON.parse(textOfBase64(body.slice(marker.length)));
    if (!Array.isArray(read)) return null;
    const [text, receivedSign, endpoint]: unknown[] = read;
    if (typeof text !== "string" || typeof receivedSign !== "string") return null;
    const known = typeof endpoint === "string" && isGatewayEndpoint(endpoint) ? endpoint : null;
    return { text, receivedSign, endpoint: known };
  } catch {
    // Whatever stands there was not made here: an address that was cut off, or one of somebody's own making.
    return null;
  }
}

function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function textOfBase64(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(
    Uint8Array.from(binary, (character) => character.charCodeAt(0)),
  );
}
