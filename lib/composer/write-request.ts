import { withoutNul } from "@/db/commands/part";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { writeJson } from "@/lib/debugger/json-style";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { RequestEncoding } from "@/lib/gateway/call-record";
import { readFields, UnreadableFields, WireFields, type WireMember } from "@/lib/gateway/fields";
import { javaText } from "@/lib/gateway/java-text";
import { maskedFields, maskerForFields } from "@/lib/gateway/masking";
import { explainSignature } from "@/lib/gateway/signature";
import type { WrittenRequest } from "@/lib/gateway/written-request";
import type { ComposerOperation } from "./operations";

/** What a person wrote, and what the server does about it. `encoding` is that of the request, whatever was typed. */
export type Composition =
  /** Texts by the names of fields; empty ones are left out. */
  | { by: "fields"; encoding: RequestEncoding; values: Readonly<Record<string, string>> }
  /** A body that the server completes and signs. */
  | { by: "signed"; encoding: RequestEncoding; body: string }
  /** A body that nobody touches: its sign, or its lack of one, is what is tried. */
  | { by: "as-is"; encoding: RequestEncoding; body: string };

type Signer = Pick<OpenCredential, "mchNo" | "appId" | "environment"> & {
  current: Pick<OpenCredential["current"], "secret">;
};

/** A request ready to be sent, and its body as it may be kept: null of production, where a body shows its signature. */
export type Composed = { request: WrittenRequest; sentBody: string | null };

/** Makes a request of what somebody wrote. A signature that was made with a key of production is not in what is kept. */
export function writeRequest(
  { name: operation, fields: known }: ComposerOperation,
  composition: Composition,
  { signer, now }: { signer: Signer; now: Date },
): Result<Composed, Problem> {
  const { encoding } = composition;
  if (composition.by === "as-is") {
    const { body } = composition;
    const fields = readOrNull(body);
    const mask = maskerForFields(fields ?? new WireFields([]), signer.current.secret.reveal());
    const shown = fields && maskedFields(fields, mask);
    const isPlain = fields && shown && writeJson(asObject(fields)) === writeJson(asObject(shown));
    const sentBody = shown && !isPlain ? bodyOf(shown, encodingOf(body)) : mask(body);
    const kept = {
      fields: textsOf(shown),
      signedText: null,
      sign: shown?.textOf("sign")?.slice(0, longestSign) ?? null,
    };
    return ok({ request: { operation, encoding, body, startedAt: now, kept, mask }, sentBody });
  }
  const written = composition.by === "fields" ? ok(membersOf(known, composition)) : membersIn(composition.body);
  if (!written.ok) return written;
  const fields = completed(written.value, { signer, now });
  const { secret } = signer.current;
  const { sign, maskedText } = explainSignature(fields, secret);
  const mask = maskerForFields(fields, secret.reveal());
  const shown = maskedFields(fields, mask);
  const isProduction = signer.environment === "production";
  return ok({
    request: {
      ...{ operation, encoding, startedAt: now, mask },
      body: bodyOf(withSign(fields, sign), encoding),
      kept: { fields: textsOf(shown), signedText: mask(maskedText), sign: isProduction ? null : sign },
    },
    sentBody: isProduction ? null : bodyOf(withSign(shown, sign), encoding),
  });
}

const longestSign = 200;

function readOrNull(body: string): WireFields | null {
  try {
    return readFields(body);
  } catch (cause) {
    if (cause instanceof UnreadableFields) return null;
    throw cause;
  }
}

function membersIn(body: string): Result<readonly WireMember[], Problem> {
  try {
    return ok(readFields(body).without(["sign", "mchNo", "appId"]).members);
  } catch (cause) {
    if (!(cause instanceof UnreadableFields)) throw cause;
    const message = `${cause.message}. What cannot be read cannot be signed; it can be sent as it stands.`;
    return err(problem("unreadable-body", message, { body: [message] }));
  }
}

const jsonNumber = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** In the protocol's order. A number keeps every digit; what is none goes as text, and the gateway says what it thinks of it. */
function membersOf(
  known: ComposerOperation["fields"],
  { values }: Extract<Composition, { by: "fields" }>,
): readonly WireMember[] {
  return known.flatMap(({ name, type }): WireMember[] => {
    const text = values[name] ?? "";
    if (text === "") return [];
    const isNumber = type !== "text" && jsonNumber.test(text);
    return [{ name, value: isNumber ? { kind: "number", literal: text } : { kind: "text", text } }];
  });
}

function completed(members: readonly WireMember[], { signer, now }: { signer: Signer; now: Date }): WireFields {
  const given = new Set(members.map(({ name }) => name));
  const envelope: readonly WireMember[] = [
    { name: "mchNo", value: { kind: "text", text: signer.mchNo } },
    { name: "appId", value: { kind: "text", text: signer.appId } },
    { name: "reqTime", value: { kind: "number", literal: String(now.getTime()) } },
    { name: "version", value: { kind: "text", text: "1.0" } },
    { name: "signType", value: { kind: "text", text: "MD5" } },
  ];
  return new WireFields([...members, ...envelope.filter(({ name }) => !given.has(name))]);
}

function withSign(fields: WireFields, sign: string): WireFields {
  return new WireFields([...fields.members, { name: "sign", value: { kind: "text", text: sign } }]);
}

function encodingOf(body: string): RequestEncoding {
  return /^[\s\uFEFF]*\{/.test(body) ? "json" : "form";
}

function bodyOf(fields: WireFields, encoding: RequestEncoding): string {
  if (encoding === "json") return writeJson(asObject(fields));
  const pairs = fields.members.map(({ name, value }): [string, string] => [name, javaText(value)]);
  return new URLSearchParams(pairs).toString();
}

function asObject({ members }: WireFields) {
  return { kind: "object", members } as const;
}

/** As a call keeps them: the last of each name, as text, without `sign`. */
function textsOf(fields: WireFields | null): Record<string, string> {
  const members = fields?.without(["sign"]).members ?? [];
  return Object.fromEntries(members.map(({ name, value }) => [withoutNul(name), withoutNul(javaText(value))]));
}
