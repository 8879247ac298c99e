import { diagnoseGradually } from "@/lib/debugger/diagnose-gradually";
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
 * second of work then, in small pieces, because notifications are received by the same process.
 *
 * Source: gateway-protocol 6.4, 6.5 and 8.3.
 */
export async function repairSignature(broken: Broken): Promise<Repair | null> {
  const { fields, secrets } = broken;
  if ((fields.textOf("sign") ?? "") === "") return null;
  const verifies = (candidate: WireFields) => secrets.some((secret) => verify(candidate, secret));
  return (
    withStoredTexts(broken, verifies) ??
    withoutOwnParameters(broken, verifies) ??
    withNameUnglued(broken, verifies) ??
    withOtherKey(broken) ??
    withSpacesAndPluses(broken, verifies) ??
    (await byDebugger(broken))
  );
}

type Verifies = (candidate: WireFields) => boolean;

const freeTexts = ["subject", "body", "extParam"] as const;

/** Puts back what we know the order said, and drops what a cut value left behind as names of its own. */
function withStoredTexts({ fields, kind, order }: Broken, verifies: Verifies): Repair | null {
  if (!order) return null;
  const values = freeTexts.flatMap((name): ChangedValue[] => {
    const signed = order[name] ?? "";
    const arrived = fields.textOf(name) ?? "";
    return signed === "" || signed === arrived ? [] : [{ name, arrived, signed }];
  });
  if (values.length === 0) return null;
  const repaired = values.reduce((known, { name, signed }) => withText(known, name, signed), fields);
  if (!verifies(splitOwnParameters(repaired, kind).fields) && !verifies(repaired)) return null;
  const isCut = values.every(({ arrived, signed }) => signed.startsWith(`${arrived}&`));
  return { kind: isCut ? "cut-at-ampersand" : "altered", values };
}

/** An own parameter that bears a name of the protocol is not taken out by its name alone. */
function withoutOwnParameters({ fields, order }: Broken, verifies: Verifies): Repair | null {
  const inAddress = ownNamesOf(order?.notifyUrl ?? null).filter((name) => fields.has(name));
  const guesses = [...(inAddress.length > 0 ? [inAddress] : []), ...fields.names.map((name) => [name])];
  const names = guesses.find((left) => !left.includes("sign") && verifies(fields.without(left)));
  return names ? { kind: "own-parameters", names } : null;
}

function ownNamesOf(notifyUrl: string | null): string[] {
  if (notifyUrl === null || !URL.canParse(notifyUrl)) return [];
  return readForm(new URL(notifyUrl).search.replace(/^\?/, "")).names;
}

function withNameUnglued({ fields, kind }: Broken, verifies: Verifies): Repair | null {
  for (const arrived of splitOwnParameters(fields, kind).ownParameters) {
    const meant = endsOf(arrived).find((name) => !fields.has(name) && isKnown(name, kind));
    if (meant !== undefined && verifies(renamed(fields, arrived, meant))) return { kind: "glued-name", arrived, meant };
  }
  return null;
}

function endsOf(name: string): string[] {
  return Array.from({ length: Math.min(name.length, 64) }, (_, start) => name.slice(start + 1)).filter(Boolean);
}

function isKnown(name: string, kind: NotificationKind): boolean {
  const alone = new WireFields([{ name, value: { kind: "null" } }]);
  return splitOwnParameters(alone, kind).ownParameters.length === 0;
}

function withOtherKey({ fields, kind, otherKeys }: Broken): Repair | null {
  const known = splitOwnParameters(fields, kind).fields;
  const found = otherKeys.find(({ secret }) => verify(fields, secret) || verify(known, secret));
  if (!found) return null;
  const { credentialId, label, environment } = found;
  return { kind: "other-key", credentialId, label, environment };
}

/**
 * A form that is decoded twice loses its pluses, and some of the spaces that arrive then were pluses when they were
 * signed. Source: gateway-protocol NTF-10.
 */
function withSpacesAndPluses({ fields }: Broken, verifies: Verifies): Repair | null {
  for (const name of fields.names) {
    const arrived = fields.textOf(name) ?? "";
    if (name === "sign" || !/[ +]/.test(arrived)) continue;
    const signed = spellings(arrived).find((spelling) => verifies(withText(fields, name, spelling)));
    if (signed !== undefined) return { kind: "altered", values: [{ name, arrived, signed }] };
  }
  return null;
}

/** Every way to write the spaces and pluses of a text, except its own; only the first ones of a long text are tried. */
function spellings(text: string): string[] {
  const places = [...text].flatMap((letter, place) => (letter === " " || letter === "+" ? [place] : [])).slice(0, 8);
  const letters = [...text];
  return Array.from({ length: 2 ** places.length }, (_, choice) => {
    for (const [bit, place] of places.entries()) letters[place] = (choice >> bit) & 1 ? "+" : " ";
    return letters.join("");
  }).filter((spelling) => spelling !== text);
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
