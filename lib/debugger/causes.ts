import type { Hit } from "./effort";
import { type Evidence, evidenceOf } from "./evidence";
import { type GatewayReading, readingSlips } from "./gateway-reading";
import { applied } from "./mistake";
import { printMistakes } from "./printed-digest";
import { type Material, rightRecipe } from "./recipe";
import { changedSteps, type RecipeStep, recipeSteps } from "./recipe-steps";

export type Cause = {
  /** A label of `vectors/mistakes.json` or of the same kind; `a+b` for two at once. */
  readonly mistake: string;
  /** What was done and what to do instead, for people. */
  readonly explanation: string;
  readonly what: string;
  readonly fix: string;
  /** Entries of gateway-protocol 8.1, such as `SIG-05`. */
  readonly entries: readonly string[];
  /** Where on the way from the fields to the signature it happened. */
  readonly steps: readonly RecipeStep[];
  /** `null` where no text was hashed that could be shown. */
  readonly evidence: Evidence | null;
};

export type Findings = {
  readonly hits: readonly Hit[];
  readonly material: Material;
  /** What the gateway makes of the message, when it is a request to it. */
  readonly reading: GatewayReading | null;
  /** Whether the gateway takes the signature as it came. */
  readonly isAccepted: boolean;
  readonly receivedSign: string;
};

/** What explains the received signature, the likeliest first. None when it is right, or when nothing fits. */
export function causesOf({ hits, material, reading, isAccepted, receivedSign }: Findings): Cause[] {
  const right = hits.find(({ mistakes }) => mistakes.length === 0);
  if (right && reading && !isAccepted) return [refusedAnyway(reading, right, material)];
  if (right) return right.printed.labels.length === 0 ? [] : [causeOf(right, material)];
  if (hits.length > 0) return eachOnce(hits.map((hit) => causeOf(hit, material)));
  const known = knownDigests[receivedSign.trim().toUpperCase()];
  if (known) return [cause([{ ...known, entry: "SIG-20" }], ["hash"], null)];
  return reading && isAccepted ? [acceptedAnyway(reading, material)] : [];
}

type Slip = { readonly label: string; readonly what: string; readonly fix: string; readonly entry?: string };

// As likely as an ordinary mistake, and told before one of the same kind.
const printLikelihood = 2;

function causeOf({ mistakes, printed }: Hit, material: Material): Cause {
  const prints = printed.labels.map((label) => ({ label, likelihood: printLikelihood, ...printMistakes[label] }));
  const slips = [...prints, ...mistakes].sort((left, right) => left.likelihood - right.likelihood);
  const recipe = applied(mistakes);
  const steps = [...changedSteps(recipe), ...(prints.length > 0 ? (["print"] as const) : [])];
  return cause(slips, steps, evidenceOf(recipe, material));
}

/** The digest is right over what was sent, and the gateway computes another one all the same. */
function refusedAnyway(reading: GatewayReading, { printed }: Hit, material: Material): Cause {
  const prints = printed.labels.map((label): Slip => ({ label, ...printMistakes[label] }));
  const slips = readingSlips(reading);
  const isDropped = ({ label }: Slip) => label.startsWith("unknown_field");
  const steps = new Set(slips.map((slip): RecipeStep => (isDropped(slip) ? "choose" : "write")));
  return cause(
    [...slips, ...prints],
    recipeSteps.filter((step) => steps.has(step)),
    evidenceOf(rightRecipe, material),
  );
}

/** The digest is the gateway's own, although the message says something else. */
function acceptedAnyway(reading: GatewayReading, material: Material): Cause {
  const differing = readingSlips(reading).map(({ label }) => label.slice(label.indexOf(":") + 1));
  const slip: Slip = {
    label: "signed_as_the_gateway_reads",
    what: `The gateway takes this one: it was signed as the gateway reads it, not as it was sent. The two differ in ${differing.join(", ")}.`,
    fix: "Send exactly what you sign, so that the next change does not break it.",
    entry: "SIG-12",
  };
  return cause([slip], ["write"], evidenceOf(rightRecipe, material));
}

function cause(slips: readonly Slip[], steps: readonly RecipeStep[], evidence: Evidence | null): Cause {
  const numberWord = slips.length === 2 ? "Two things" : "Several things";
  const what = slips.map((slip) => slip.what).join(" ");
  const fix = [...new Set(slips.map((slip) => slip.fix))].join(" ");
  return {
    mistake: slips.map(({ label }) => label).join("+"),
    explanation: `${slips.length > 1 ? `${numberWord} at once. ` : ""}${what} ${fix}`,
    what,
    fix,
    entries: [...new Set(slips.flatMap(({ entry }) => entry ?? []))],
    steps,
    evidence,
  };
}

function eachOnce(causes: readonly Cause[]): Cause[] {
  const seen = new Set<string>();
  return causes.filter(({ mistake }) => !seen.has(mistake) && seen.add(mistake)).slice(0, mostCauses);
}

// More ways of saying the same are no help.
const mostCauses = 8;

/** Digests that are the same for everybody. Source: gateway-protocol 2.7. */
const knownDigests: Readonly<Record<string, Slip>> = {
  "4A5078DABBCE0D9C4E7668DACB96FF7A": {
    label: "documentation_digest",
    what: "This is the digest that the documentation prints for its example, and it is wrong.",
    fix: "Compute the signature of your own message. For the printed example the right digest is 84E1CA56F984502BBAC06EA6707157F5.",
  },
  E10ADC3949BA59ABBE56E057F20F883E: {
    label: "placeholder_digest",
    what: "This is the MD5 of 123456, a placeholder from the documentation.",
    fix: "Compute the signature of your own message.",
  },
  D41D8CD98F00B204E9800998ECF8427E: {
    label: "nothing_hashed",
    what: "This is the MD5 of nothing: the text was empty when it was hashed.",
    fix: "Give the hash the text that ends in &key= and the secret.",
  },
};
