import { Check, CircleX, Minus, X } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { RecipeStep } from "@/lib/debugger/recipe-steps";
import type { Verdict } from "./verdict-of-search";

const stepNames: Readonly<Record<RecipeStep, string>> = {
  choose: "Fields left out or signed in excess",
  write: "Values and names written otherwise",
  order: "Another order",
  join: "Joined otherwise",
  key: "Another key, or in another place",
  hash: "Other bytes, another hash",
  print: "Printed otherwise",
};

type Row = { name: string; answer: "hit" | "right" | "no" | "not-needed" };

/** What was tried, in the order in which it was. */
export function TriedList({ verdict }: { verdict: Verdict }) {
  return (
    <section aria-labelledby="tried">
      <h2 id="tried" className="mb-1">
        Tried, likeliest first
      </h2>
      <ul className="text-12">
        {rowsOf(verdict).map(({ name, answer }) => (
          <li
            key={name}
            className={classNames(
              "grid min-h-[30px] grid-cols-[20px_1fr_auto] items-center border-b border-line",
              answer === "hit" ? "font-strong text-failed" : answer === "right" ? "text-paid" : "text-ink-2",
            )}
          >
            <Icon answer={answer} />
            <span>{name}</span>
            <span className="mono">{words[answer]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const words = { hit: "gives this digest", right: "gives this digest", no: "no", "not-needed": "not needed" };

function Icon({ answer }: Pick<Row, "answer">) {
  const Shape = { hit: CircleX, right: Check, no: X, "not-needed": Minus }[answer];
  return <Shape className={classNames("size-[13px]", (answer === "no" || answer === "not-needed") && "text-ink-3")} />;
}

function rowsOf({ diagnosis, stored }: Verdict): Row[] {
  const { reached, singles, causes, verdict, tried } = diagnosis;
  const steps = new Set(causes[0]?.steps);
  const isPair = reached === "pair" && causes.length > 0;
  const went = (stage: typeof reached) => order.indexOf(reached) >= order.indexOf(stage);
  const found = (stage: typeof reached) => causes.length > 0 && reached === stage;
  const row = (name: string, stage: typeof reached, isHit: boolean): Row => ({
    name,
    answer: isHit ? "hit" : went(stage) ? "no" : "not-needed",
  });
  const [first] = causes[0]?.steps ?? [];
  return [
    { name: "The rule as it is", answer: verdict === "valid" ? "right" : found("rule") ? "hit" : "no" },
    ...singles.map(({ step, ways }) =>
      row(`${nameOf(step, stored?.otherKeys ?? 0)} (${ways})`, "single", found("single") && step === first),
    ),
    row("One wrong letter of the key, another clock", "guess", found("guess")),
    row(
      went("pair") ? `Two of these at once (${tried.toLocaleString("en")} in all)` : "Two of these at once",
      "pair",
      isPair && steps.size > 0,
    ),
    ...(reached === "cut-value" ? [row("A value cut off at its &", "cut-value", found("cut-value"))] : []),
  ];
}

const order = ["rule", "single", "guess", "pair", "cut-value"] as const;

function nameOf(step: RecipeStep, otherKeys: number): string {
  return step === "key" && otherKeys > 0 ? `${stepNames.key}; ${otherKeys} other stored keys` : stepNames[step];
}
