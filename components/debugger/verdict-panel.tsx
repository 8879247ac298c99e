import { classNames } from "@/components/ui/class-names";
import { EnvironmentTag } from "@/components/ui/environment-band";
import { ProofLabel } from "@/components/ui/mark";
import type { Cause } from "@/lib/debugger/causes";
import type { Environment } from "@/lib/domain/environment";
import { otherEnvironment } from "@/lib/domain/environment";
import { CompareSecret } from "./compare-secret";
import { Digests } from "./digests";
import { Sentence } from "./sentence";
import type { Verdict } from "./verdict-of-search";

type Props = { verdict: Verdict; names: readonly string[]; environment: Environment; isStale: boolean };

/** One sentence that says what is the matter, what to do about it, and why it may be believed. */
export function VerdictPanel({ verdict, names, environment, isStale }: Props) {
  const { diagnosis, tookMs } = verdict;
  const [likeliest, ...others] = diagnosis.causes;
  const isUnsigned = verdict.receivedSign === "";
  return (
    <div
      data-verdict={diagnosis.verdict}
      className={classNames("border-t-[3px] pt-4 transition-opacity", borderOf(verdict), isStale && "opacity-50")}
    >
      <h2
        aria-live="polite"
        className="max-w-[32ch] text-28 leading-[1.16] font-medium tracking-[-0.03em] text-balance break-words max-desk:text-20 [&_code]:bg-transparent [&_code]:px-0"
      >
        <Sentence names={names}>{leadOf(verdict)}</Sentence>
      </h2>
      <p className="mt-3 max-w-[62ch] text-16 leading-normal break-words text-ink-2">
        <Sentence names={names}>{[fixOf(verdict), placeOf(verdict)].filter(Boolean).join(" ")}</Sentence>
      </p>
      <MixedUp cause={likeliest} here={verdict.stored?.credential.environment ?? environment} />
      <div
        className={classNames(
          "mt-3 flex flex-wrap items-center gap-x-5 gap-y-1 text-12 text-ink-3",
          isUnsigned && "hidden",
        )}
      >
        <Proof verdict={verdict} />
        <span>
          {likeliest ? `${diagnosis.causes.length} of ` : ""}
          {diagnosis.tried.toLocaleString("en")} {diagnosis.tried === 1 ? "way" : "ways"} {likeliest ? "fit" : "tried"}
        </span>
        <span className="nums">{Math.round(tookMs)} ms</span>
        {likeliest?.entries.map((entry) => (
          <span key={entry} className="mono" title="Entry of the list of known failures">
            {entry}
          </span>
        ))}
      </div>
      <Digests verdict={verdict} />
      {others.length > 0 ? <AlsoFits causes={others} names={names} /> : null}
      {diagnosis.verdict === "unexplained" && !isUnsigned ? <CompareSecret {...diagnosis.secret} /> : null}
    </div>
  );
}

function borderOf({ diagnosis: { verdict, gateway }, receivedSign }: Verdict): string {
  if (receivedSign === "") return "border-line-2";
  if (verdict === "valid") return "border-paid";
  if (verdict === "unexplained" || gateway?.accepts) return "border-unclear";
  return "border-failed";
}

function leadOf({ diagnosis: { verdict, causes }, receivedSign }: Verdict): string {
  if (receivedSign === "") return "There is no signature to explain.";
  if (verdict === "valid") return "The signature is right.";
  return causes[0]?.what ?? "No known mistake gives this signature, alone or with another.";
}

function fixOf({ diagnosis: { verdict, causes, kind }, stored, receivedSign }: Verdict): string {
  if (receivedSign === "") return "The message carries none. The one that it should carry stands below.";
  if (verdict === "valid") {
    return kind === "request"
      ? "The gateway computes the same one from this request and takes it."
      : "It was made with this secret over exactly these fields.";
  }
  if (causes[0]) return causes[0].fix;
  const others = stored?.otherKeys ?? 0;
  const tried = others > 1 ? ` None of ${others} other stored keys fits either.` : "";
  return `So the secret or a value differs from what was signed.${tried}`;
}

/** Where in the text the one field belongs that was left out. */
function placeOf({ diagnosis: { causes, right } }: Verdict): string | null {
  const missing = causes[0]?.evidence?.fields.filter(({ is }) => is === "left-out") ?? [];
  const at = right.pieces.findIndex(({ name }) => name === missing[0]?.name);
  const [before, here, behind] = [right.pieces[at - 1], right.pieces[at], right.pieces[at + 1]];
  if (missing.length !== 1 || !here || here.text.length > longestNamed) return null;
  const piece = `${here.name}=${here.text}`;
  if (before && behind) return `In the text, ${piece} stands between ${before.name} and ${behind.name}.`;
  return before ? `In the text, ${piece} stands behind ${before.name}.` : `In the text, ${piece} comes first.`;
}

// A longer value would hide the sentence.
const longestNamed = 24;

function Proof({ verdict: { diagnosis } }: { verdict: Verdict }) {
  if (diagnosis.verdict === "unexplained") return <ProofLabel kind="claim">nothing reproduces it</ProofLabel>;
  const isKnown = diagnosis.causes[0]?.evidence === null;
  return (
    <ProofLabel kind="proof" tone="paid">
      {isKnown ? "a digest that is the same for everybody" : "reproduces the received digest exactly"}
    </ProofLabel>
  );
}

/** The secret of one environment on a message of the other is an answer of its own. */
function MixedUp({ cause, here }: { cause: Cause | undefined; here: Environment }) {
  if (!cause?.mistake.includes("key_other_environment")) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 text-13">
      a message of <EnvironmentTag environment={here} /> signed with a key of{" "}
      <EnvironmentTag environment={otherEnvironment(here)} />
    </p>
  );
}

function AlsoFits({ causes, names }: { causes: readonly Cause[]; names: readonly string[] }) {
  return (
    <details className="mt-4 text-13">
      <summary className="cursor-pointer py-1 text-ink-2">
        {causes.length === 1 ? "Another explanation gives" : `${causes.length} other explanations give`} the same digest
      </summary>
      <ul className="mt-1 grid list-disc gap-1.5 pl-5">
        {causes.map((cause) => (
          <li key={cause.mistake}>
            <Sentence names={names}>{cause.explanation}</Sentence>
          </li>
        ))}
      </ul>
    </details>
  );
}
