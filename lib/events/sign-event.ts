import { createHmac, randomBytes } from "node:crypto";
import { Secret } from "@/lib/domain/secret";

export type SignedHeaders = { "webhook-id": string; "webhook-timestamp": string; "webhook-signature": string };

/**
 * The headers that prove an event: HMAC-SHA256 over `id.timestamp.body`, once per key, so that a receiver which is
 * changing over finds the signature of the key it has.
 *
 * @param at  when this very attempt is made; receivers refuse what is more than five minutes old
 *
 * Source: Standard Webhooks specification 1.0.0, "Webhook signatures" and "Webhook metadata".
 */
export function signEvent(
  { id, at, body }: { id: string; at: Date; body: string },
  secrets: readonly Secret[],
): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const hash = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`, "utf8");
    return `v1,${hash.digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

/** A new key as both sides write it: `whsec_` and 32 random bytes as base64. */
export function newEventSecret(): Secret {
  return new Secret(`${prefix}${randomBytes(32).toString("base64")}`);
}

const prefix = "whsec_";

function keyOf(secret: Secret): Buffer {
  const text = secret.reveal();
  const key = Buffer.from(text.startsWith(prefix) ? text.slice(prefix.length) : "", "base64");
  // An empty key would sign, and prove nothing.
  if (key.length < shortestKey) throw new Error("this is no key of an event endpoint");
  return key;
}

// The specification allows 24 to 64 bytes.
const shortestKey = 24;
