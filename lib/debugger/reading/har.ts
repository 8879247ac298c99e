import { UnreadableFields } from "@/lib/gateway/fields";
import { endpointOf } from "./endpoint-of";
import type { HttpMessage } from "./http-message";

export type HarEntry = { readonly message: HttpMessage; readonly notes: readonly string[] };

/**
 * Reads a HAR file or one of its entries; of several it takes the last one that went to an operation of the gateway,
 * else the last with a body. `null` when the text is no HAR.
 *
 * Source: the HTTP Archive format 1.2, `entries`, `request`, `postData`.
 */
export function readHar(pasted: string): HarEntry | null {
  const parsed = parsedObject(pasted);
  const log = objectIn(parsed, "log");
  const entries = log ? listIn(log, "entries") : parsed && "request" in parsed ? [parsed] : null;
  if (entries === null) return null;
  const messages = entries.flatMap((entry) => messageOf(entry) ?? []);
  const chosen =
    messages.findLast(({ address }) => endpointOf(address) !== null) ?? messages.findLast(({ body }) => body !== "");
  if (!chosen) throw new UnreadableFields("No request in this HAR has a body or goes to an operation of the gateway");
  const place = messages.indexOf(chosen) + 1;
  return {
    message: chosen,
    notes: messages.length > 1 ? [`Taken: request ${place} of ${messages.length} in the HAR.`] : [],
  };
}

function messageOf(entry: unknown): HttpMessage | null {
  const request = objectIn(entry, "request");
  if (!request) return null;
  const postData = objectIn(request, "postData");
  const params = postData ? pairsIn(postData, "params") : "";
  const text = postData ? textIn(postData, "text") : "";
  const header = listIn(request, "headers")?.find((pair) => textIn(pair, "name").toLowerCase() === "content-type");
  const address = textIn(request, "url");
  const query = address.includes("?") ? "" : pairsIn(request, "queryString");
  return {
    method: textIn(request, "method") || "POST",
    address: query === "" ? address : `${address}?${query}`,
    contentType: (header ? textIn(header, "value") : "") || (postData ? textIn(postData, "mimeType") : "") || null,
    body: text || params,
  };
}

function pairsIn(holder: object, name: string): string {
  const pairs = listIn(holder, name) ?? [];
  return new URLSearchParams(pairs.map((pair) => [textIn(pair, "name"), textIn(pair, "value")])).toString();
}

function parsedObject(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}

function valueIn(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null && Object.hasOwn(holder, name)
    ? Reflect.get(holder, name)
    : undefined;
}

function objectIn(holder: unknown, name: string): object | null {
  const value = valueIn(holder, name);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}

function listIn(holder: unknown, name: string): readonly unknown[] | null {
  const value = valueIn(holder, name);
  return Array.isArray(value) ? value : null;
}

function textIn(holder: unknown, name: string): string {
  const value = valueIn(holder, name);
  return typeof value === "string" ? value : "";
}
