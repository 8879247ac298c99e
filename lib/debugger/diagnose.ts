import type { Secret } from "@/lib/domain/secret";
import { type SkippedField, skippedFields } from "@/lib/gateway/canonical-string";
import { revealedKey, signingKey } from "@/lib/gateway/signing-key";
import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { mistakesFor, type Secrets } from "./catalogue";
import { type Cause, causesOf } from "./causes";
import { drained, type Steps } from "./effort";
import { rightTextOf } from "./evidence";
import { type GatewayReading, gatewayReadingOf } from "./gateway-reading";
import type { KeyGuesses } from "./guesses";
import { fingerprint, upperHex } from "./hashes";
import { maskValue } from "./mask-value";
import { type MessageKind, readMessage } from "./message";
import type { Mistake } from "./mistake";
import { observationsOn } from "./observations";
import { readPrintedDigest } from "./printed-digest";
import { digestOf, materialOf, type Piece, piecesOf, rightRecipe } from "./recipe";
import { changedSteps, type RecipeStep, recipeSteps } from "./recipe-steps";
import { type Stage, searching } from "./search";

export type Case = {
  /** What `readFields` reads: a JSON object, a form body or a query string. */
  readonly text: string;
  readonly secret: string | Secret;
  /** Other secrets that may have been taken, by a name for people such as `production`. */
  readonly otherSecrets?: Readonly<Record<string, string | Secret>>;
  readonly receivedSign: string;
  /** Where a request was sent to; guessed from its members when left out. */
  readonly endpoint?: GatewayEndpoint;
  /** Less than `all` when the secret is one that the person may use and not know. */
  readonly keyGuesses?: KeyGuesses;
};

export type Diagnosis = {
  readonly verdict: "valid" | "explained" | "unexplained";
  /** The right signature over the fields as they stand: 32 upper-case hexadecimal digits. */
  readonly expected: string;
  /** The likeliest first; none for the other two verdicts. */
  readonly causes: readonly Cause[];
  /** The verdict in one or two sentences. */
  readonly summary: string;
  readonly kind: MessageKind;
  /** Where a request goes to, given or guessed. */
  readonly endpoint: GatewayEndpoint | null;
  /** For a request: what the gateway computes from it, `null` when it cannot read it, and whether it takes this one. */
  readonly gateway: { readonly expected: string | null; readonly accepts: boolean } | null;
  readonly right: {
    /** The text to hash, with `<key>` for the secret and card numbers masked. */
    readonly text: string;
    readonly pieces: readonly Piece[];
    readonly skipped: readonly SkippedField[];
  };
  /** To compare with the other side without telling it. */
  readonly secret: { readonly length: number; readonly fingerprint: string };
  /** What else is remarkable about the case. */
  readonly observations: readonly string[];
  /** How many digests were computed and compared. */
  readonly tried: number;
  /** How far the search went. */
  readonly reached: Stage;
  /** How many single mistakes this message allows, by the step at which they are made. */
  readonly singles: readonly { readonly step: RecipeStep; readonly ways: number }[];
};

/**
 * Names the mistake that leads from a message and a secret to the signature that was received.
 *
 * `valid` is said only when a gateway would take it: exact, and for a request also after the gateway's own reading of
 * it. What no mistake and no pair of mistakes gives is `unexplained`.
 *
 * @throws UnreadableFields when the text is no message, RangeError for an empty secret
 */
export function diagnose(given: Case): Diagnosis {
  return drained(diagnosing(given));
}

/** The same, in steps of a few milliseconds. */
export function* diagnosing(given: Case): Steps<Diagnosis> {
  const { text, secret, otherSecrets = {}, receivedSign, endpoint, keyGuesses = "all" } = given;
  const message = readMessage(text, endpoint);
  const secrets = revealed(secret, otherSecrets);
  const material = materialOf(message.fields.members, secrets.secret);
  const expected = upperHex(digestOf(rightRecipe, material));
  const reading = gatewayReadingOf(message);
  const gateway = reading && gatewayJudgement(reading, secrets.secret, receivedSign);
  const printed = readPrintedDigest(receivedSign);
  const mistakes = mistakesFor(message, secrets);
  const reach = { mayBeCut: message.kind !== "request", keyGuesses };
  const { hits, tried, reached } = yield* searching(material, mistakes, printed, reach);
  const causes = causesOf({ hits, material, reading, isAccepted: gateway?.accepts ?? false, receivedSign });
  const isRight = hits.some(({ mistakes, printed: print }) => mistakes.length === 0 && print.labels.length === 0);
  const verdict = causes.length > 0 ? "explained" : isRight ? "valid" : "unexplained";
  const shownSecret = { length: secrets.secret.length, fingerprint: fingerprint(secrets.secret) };
  return {
    verdict,
    expected,
    causes,
    summary: summaryOf(verdict, causes, shownSecret),
    kind: message.kind,
    endpoint: message.endpoint,
    gateway,
    right: {
      text: rightTextOf(material),
      pieces: piecesOf(rightRecipe, material).map(({ name, text: value }) => ({ name, text: maskValue(name, value) })),
      skipped: skippedFields(message.fields),
    },
    secret: shownSecret,
    observations: observationsOn({
      message,
      secret: secrets.secret,
      receivedSign,
      isUnexplained: verdict === "unexplained",
      tellsPlacesInSecret: keyGuesses === "all",
    }),
    tried,
    reached,
    singles: singlesOf(mistakes),
  };
}

function singlesOf(mistakes: readonly Mistake[]): Diagnosis["singles"] {
  const steps = mistakes.map((mistake) => changedSteps(mistake.change(rightRecipe))[0]);
  return recipeSteps.flatMap((step) => {
    const ways = steps.filter((one) => one === step).length;
    return ways === 0 ? [] : [{ step, ways }];
  });
}

function revealed(secret: Case["secret"], otherSecrets: NonNullable<Case["otherSecrets"]>): Secrets {
  const others = Object.entries(otherSecrets).map(([label, other]) => [label, revealedKey(other)]);
  return { secret: signingKey(secret), others: Object.fromEntries(others) };
}

function gatewayJudgement({ signedMembers }: GatewayReading, secret: string, receivedSign: string) {
  if (signedMembers === null) return { expected: null, accepts: false };
  const expected = upperHex(digestOf(rightRecipe, materialOf(signedMembers, secret)));
  return { expected, accepts: receivedSign.toUpperCase() === expected };
}

function summaryOf(verdict: Diagnosis["verdict"], causes: readonly Cause[], secret: Diagnosis["secret"]): string {
  if (verdict === "valid") return "The signature is right.";
  const [likeliest] = causes;
  if (likeliest) return likeliest.explanation;
  return `No known mistake gives this signature, alone or with another. So the secret or a value differs. The secret used here has ${secret.length} characters and the fingerprint ${secret.fingerprint}: compare them with the other side.`;
}
