import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { settings } from "@/lib/config/settings";
import type { NotificationKind } from "@/lib/domain/verdict";

/**
 * What a self-test asks of the receiver. `answer`: the very body that a notification is answered with. `receipt`: a
 * text that only this installation can write, so that another host behind our name is noticed.
 */
export type SelfTestPurpose = "answer" | "receipt";

export type SelfTestPlace = { credentialId: string; kind: NotificationKind };

export type SelfTest = { body: string; contentType: string /** What the receiver answers to it. */; expected: string };

/** As the gateway labels its own messages. Source: gateway-protocol 6.2. */
const contentType = "application/x-www-form-urlencoded;charset=UTF-8";
const lifeMs = 60_000;
const marker = "countersignSelfTest=";
/** What payers' receipts are full of and content filters stumble over. */
const oddText = "奶茶 & Tom's “1+1” 100% #7";

/** A message to ourselves for one notify address. It says nothing about any order and is good for a minute. */
export function makeSelfTest(place: SelfTestPlace, purpose: SelfTestPurpose, now: Date): SelfTest {
  const token = { purpose, until: now.getTime() + lifeMs, nonce: randomBytes(16).toString("hex") };
  return { body: bodyOf(place, token), contentType, expected: replyTo(token) };
}

/**
 * What to answer to a message of our own, or null for every other one, which is then a notification like any other.
 *
 * It counts only when every byte is as we wrote it for this very address a moment ago: no field can be added to it, so
 * it can carry no news, and nothing that carries news can be taken for it. Nothing of it is stored.
 */
export function answerToSelfTest(
  message: SelfTestPlace & { query: string; contentType: string | null; body: Uint8Array },
  now: Date,
): string | null {
  if (message.query !== "" || message.contentType !== contentType) return null;
  const received = Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength);
  if (received.length > mostBytes || !received.subarray(0, marker.length).equals(markerBytes)) return null;
  const token = readToken(received.toString("latin1"));
  if (!token || token.until < now.getTime() || token.until > now.getTime() + lifeMs) return null;
  const written = Buffer.from(bodyOf(message, token));
  if (written.length !== received.length || !timingSafeEqual(written, received)) return null;
  return replyTo(token);
}

const markerBytes = Buffer.from(marker);
const mostBytes = 1_024;

type Token = { purpose: SelfTestPurpose; until: number; nonce: string };

const tokenPattern = /^countersignSelfTest=(answer|receipt)\.(\d{13})\.([0-9a-f]{32})\./;

function readToken(text: string): Token | null {
  const [, purpose, until, nonce] = tokenPattern.exec(text) ?? [];
  if ((purpose !== "answer" && purpose !== "receipt") || until === undefined || nonce === undefined) return null;
  return { purpose, until: Number(until), nonce };
}

function bodyOf({ credentialId, kind }: SelfTestPlace, { purpose, until, nonce }: Token): string {
  const text = encodeURIComponent(oddText).replaceAll("%20", "+");
  const seal = sealed("message", credentialId, kind, purpose, String(until), nonce, text);
  return `${marker}${purpose}.${until}.${nonce}.${seal}&text=${text}`;
}

function replyTo({ purpose, nonce }: Token): string {
  return purpose === "answer" ? "success" : sealed("receipt", nonce);
}

function sealed(...parts: string[]): string {
  const masterKey = Buffer.from(settings().masterKey.reveal(), "base64");
  const key = createHmac("sha256", masterKey).update("notification self-test").digest();
  return createHmac("sha256", key).update(parts.join("\n")).digest("hex");
}
