import { UnreadableFields } from "@/lib/gateway/fields";
import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { endpointOf, queryOf } from "./endpoint-of";

/** A request as it went over the wire, whoever wrote it down. */
export type HttpMessage = {
  readonly method: string;
  readonly address: string;
  readonly contentType: string | null;
  readonly body: string;
};

export type SignedText = {
  readonly text: string;
  readonly endpoint: GatewayEndpoint | null;
  readonly notes: readonly string[];
};

/**
 * The part of a request that is signed, chosen as the gateway chooses: a JSON body alone, else query and form together.
 *
 * Source: gateway-protocol 1.3.
 */
export function signedTextOf({ method, address, contentType, body }: HttpMessage): SignedText {
  const endpoint = endpointOf(address);
  const query = queryOf(address);
  const isJson = /^[\s\uFEFF]*\{/.test(body);
  const notes: string[] = [];
  if (isJson) {
    if (contentType !== null && !contentType.toLowerCase().includes("application/json")) {
      notes.push(
        `The body is JSON, but Content-Type says ${contentType}: the gateway reads it as JSON only with application/json.`,
      );
    }
    if (method === "GET") notes.push("The gateway does not look at a body that is sent with GET.");
    return { text: body, endpoint, notes };
  }
  const text = [query, body.trim()].filter((part) => part !== "").join("&");
  if (text === "") throw new UnreadableFields("The request has neither a body nor a query");
  if (query !== "" && body.trim() !== "")
    notes.push("Fields of the address and of the body were taken together, as the gateway does.");
  return { text, endpoint, notes };
}

/** `POST /api/pay/query HTTP/1.1`, headers, an empty line, the body. `null` for anything else. */
export function readHttpMessage(pasted: string): HttpMessage | null {
  const first = /^\s*(GET|POST|PUT)[ \t]+(\S+)(?:[ \t]+HTTP\/[0-9.]+)?[ \t]*\r?\n/.exec(pasted);
  if (!first) return null;
  const [line, method = "POST", address = ""] = first;
  const rest = pasted.slice(line.length);
  const gap = /\r?\n\r?\n/.exec(`\n${rest}`);
  const headers = gap ? rest.slice(0, Math.max(gap.index - 1, 0)) : rest;
  const body = gap ? `\n${rest}`.slice(gap.index + gap[0].length) : "";
  const contentType = /^content-type:[ \t]*(.*?)[ \t]*$/im.exec(headers)?.[1] ?? null;
  return { method, address, contentType, body };
}
