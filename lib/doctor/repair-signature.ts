import { diagnoseGradually } from "@/lib/debugger/diagnose-gradually";
import { Effort, gradually, type Steps } from "@/lib/debugger/effort";
import type { Environment } from "@/lib/domain/environment";
import type { Secret } from "@/lib/domain/secret";
import type { NotificationKind } from "@/lib/domain/verdict";
import { readForm, UnreadableFields, WireFields, type WireMember } from "@/lib/gateway/fields";
import { splitOwnParameters } from "@/lib/gateway/notification";
import { verify } from "@/lib/gateway/signature";

export type ChangedValue = { name: string; arrived: string; signed: string };

/** The one change that makes a signature fit: what happened to the message between the gateway's signer and us. */
export type Repair =
  | { kind: "cut-at-ampersand"; values: readonly ChangedValue[] }
  | { kind: "altered"; values: readonly ChangedValue[] }
  | { kind: "own-parameters"; names: readonly string[] }
  | { kind: "glued-name"; arrived: string; meant: string }
  | { kind: "other-key"; credentialId: string; label: string; environment: Environment }
  /** Named by the signature debugger, where none of the steps above fits. */
  | { kind: "explained"; mistake: string; what: string; fix: string };

export type OtherKey = { credentialId: string; label: string; environment: Environment; secret: Secret };

export type Broken = {
  /** As they arrived, own parameters included. */
  fields: WireFields;
  kind: NotificationKind;
  /** Those that verify for the credential it came to, the current one first. */
  secrets: readonly Secret[];
  /** Where that credential belongs: how far its key may be guessed about depends on it. */
  environment: Environment;
  /** What we know was sent to the gateway; null for an order that nobody here knows. */
  order: { subject: string; body: string; extParam: string | null; notifyUrl: string | null } | null;
  otherKeys: readonly OtherKey[];
};

/**
 * Looks for the single change after which the signature of a notification verifies, in the order of the protocol's
 * notification doctor. Null when nothing is found: then nobody who holds one of our keys signed anything like it. Takes a
 * second or two of work then, however many fields somebody sent, and in small pieces, because notifications are received
 * by the same process.
 *
 * Source: gateway-protocol 6.4, 6.5 and 8.3.
 */
export async function repairSignature(broken: Broken): Promise<Repair | null> {
  if ((broken.fields.textOf("sign") ?? "") === "") return null;
  return (await gradually(repairing(broken))) ?? (await byDebugger(broken));
}

/** A message as it may have been when it was signed, and what that would say about it. */
type Guess = { fields: WireFields; secrets: readonly Secret[]; repair: Repair };

/** Anybody can send a message of thousands of fields, and the guesses grow with them; so the work has an end. */
function* repairing(broken: Broken): Steps<Repair | null> {
  const effort = new Effort();
  const bytes = bytesOf(broken.fields);
  for (const { fields, secrets, repair } of guessesOn(broken)) {
    for (const secret of secrets) {
      if (effort.isOver) return null;
      effort.spend(bytes);
      if (verify(fields, secret)) return repair;
      yield* effort.breathe();
    }
  }
  return null;
}

/** To choose and sort a field costs as much as to hash this many bytes. */
const bytesOfAField = 60;

function bytesOf(fields: WireFields): number {
  return fields.members.reduce(
    (sum, { name, value }) => sum + bytesOfAField + name.length + (value.kind === "text" ? value.text.length : 0),
    0,
  );
}

/** One after the other, because there may be more of them than anybody has time for. */
function* guessesOn(broken: Broken): Generator<Guess> {
  yield* withStoredTexts(broken);
  yield* withoutOwnParameters(broken);
  yield* withNameUnglued(broken);
  yield* withOtherKey(broken);
  yield* withSpacesAndPluses(broken);
}

const freeTexts = ["subject", "body", "extParam"] as const;

/** Puts back what we know the order said, and drops what a cut value left behind as names of its own. */
function* withStoredTexts({ fields, kind, secrets, order }: Broken): Generator<Guess> {
  if (!order) return;
  const values = freeTexts.flatMap((name): ChangedValue[] => {
    const signed = order[name] ?? "";
    const arrived = fields.textOf(name) ?? "";
    return signed === "" || signed === arrived ? [] : [{ name, arrived, signed }];
  });
  if (values.length === 0) return;
  const repaired = values.reduce((known, { name, signed }) => withText(known, name, signed), fields);
  const isCut = values.every(({ arrived, signed }) => signed.startsWith(`${arrived}&`));
  const repair: Repair = { kind: isCut ? "cut-at-ampersand" : "altered", values };
  yield { fields: splitOwnParameters(repaired, kind).fields, secrets, repair };
  yield { fields: repaired, secrets, repair };
}

/** An own parameter that bears a name of the protocol is not taken out by its name alone. */
function* withoutOwnParameters({ fields, secrets, order }: Broken): Generator<Guess> {
  const inAddress = ownNamesOf(order?.notifyUrl ?? null).filter((name) => fields.has(name));
  const guesses = [...(inAddress.length > 0 ? [inAddress] : []), ...fields.names.map((name) => [name])];
  for (const names of guesses.filter((left) => !left.includes("sign")))
    yield { fields: fields.without(names), secrets, repair: { kind: "own-parameters", names } };
}

function ownNamesOf(notifyUrl: string | null): string[] {
  if (notifyUrl === null || !URL.canParse(notifyUrl)) return [];
  return readForm(new URL(notifyUrl).search.replace(/^\?/, "")).names;
}

function* withNameUnglued({ fields, kind, secrets }: Broken): Generator<Guess> {
  for (const arrived of splitOwnParameters(fields, kind).ownParameters) {
    const meant = endsOf(arrived).find((name) => !fields.has(name) && isKnown(name, kind));
    if (meant === undefined) continue;
    yield { fields: renamed(fields, arrived, meant), secrets, repair: { kind: "glued-name", arrived, meant } };
  }
}

function endsOf(name: string): string[] {
  return Array.from({ length: Math.min(name.length, 64) }, (_, start) => name.slice(start + 1)).filter(Boolean);
}

function isKnown(name: string, kind: NotificationKind): boolean {
  const alone = new WireFields([{ name, value: { kind: "null" } }]);
  return splitOwnParameters(alone, kind).ownParameters.length === 0;
}

function* withOtherKey({ fields, kind, otherKeys }: Broken): Generator<Guess> {
  const known = splitOwnParameters(fields, kind).fields;
  for (const { credentialId, label, environment, secret } of otherKeys) {
    const repair: Repair = { kind: "other-key", credentialId, label, environment };
    yield { fields, secrets: [secret], repair };
    yield { fields: known, secrets: [secret], repair };
  }
}

/**
 * A form that is decoded twice loses its pluses, and some of the spaces that arrive then were pluses when they were
 * signed. Source: gateway-protocol NTF-10.
 */
function* withSpacesAndPluses({ fields, secrets }: Broken): Generator<Guess> {
  for (const name of fields.names) {
    const arrived = fields.textOf(name) ?? "";
    if (name === "sign" || !/[ +]/.test(arrived)) continue;
    for (const signed of spellings(arrived)) {
      const repair: Repair = { kind: "altered", values: [{ name, arrived, signed }] };
      yield { fields: withText(fields, name, signed), secrets, repair };
    }
  }
}

/** Every way to write the spaces and pluses of a text, except its own; only the first ones of a long text are tried. */
function* spellings(text: string): Generator<string> {
  const letters = [...text];
  const places = letters.flatMap((letter, place) => (letter === " " || letter === "+" ? [place] : [])).slice(0, 8);
  for (let choice = 0; choice < 2 ** places.length; choice++) {
    for (const [bit, place] of places.entries()) letters[place] = (choice >> bit) & 1 ? "+" : " ";
    const spelling = letters.join("");
    if (spelling !== text) yield spelling;
  }
}

/**
 * Messages come from anybody, so a verdict must not tell the stored secret letter by letter: the same bounds hold as for
 * a search with a stored secret.
 */
async function byDebugger({ fields, secrets, environment }: Broken): Promise<Repair | null> {
  const [secret] = secrets;
  const receivedSign = fields.textOf("sign") ?? "";
  if (!secret || !/^[0-9A-Fa-f]{32}$/.test(receivedSign) || !isFlat(fields)) return null;
  try {
    const keyGuesses = environment === "production" ? "none" : "long";
    const [cause] = (await diagnoseGradually({ text: asForm(fields), secret, receivedSign, keyGuesses })).causes;
    if (!cause) return null;
    const { mistake, what, fix } = cause;
    return mistake.startsWith("value_cut_at_ampersand")
      ? { kind: "cut-at-ampersand", values: [] }
      : { kind: "explained", mistake, what, fix };
  } catch (cause) {
    if (cause instanceof UnreadableFields) return null;
    throw cause;
  }
}

function isFlat(fields: WireFields): boolean {
  return fields.members.every(({ value }) => value.kind !== "object" && value.kind !== "list");
}

function asForm(fields: WireFields): string {
  return new URLSearchParams(fields.names.map((name) => [name, fields.textOf(name) ?? ""])).toString();
}

function withText(fields: WireFields, name: string, text: string): WireFields {
  const member: WireMember = { name, value: { kind: "text", text } };
  const others = fields.members.filter((one) => one.name !== name);
  return new WireFields([...others, member]);
}

function renamed(fields: WireFields, from: string, to: string): WireFields {
  return new WireFields(fields.members.map((member) => (member.name === from ? { ...member, name: to } : member)));
}
