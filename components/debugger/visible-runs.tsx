import { runsOf } from "@/lib/debugger/hidden-characters";

/** A text in which nothing hides: what the eye would miss stands there as a small chip with its name. */
export function VisibleRuns({ text }: { text: string }) {
  return runsOf(text).map((run, index) =>
    run.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a text are told apart by their place only
      <span key={index}>
        <span
          title={`${run.hidden.name}, ${run.hidden.code}`}
          className="mx-px rounded-1 bg-mark px-1 font-mono text-11 whitespace-nowrap text-mark-ink"
        >
          <span className="sr-only">{run.hidden.name} </span>
          <span aria-hidden="true">{run.hidden.short}</span>
        </span>
        {run.text === "\n" ? "\n" : null}
      </span>
    ) : (
      run.text
    ),
  );
}

/** The same in plain letters, where places in two lines must stay one above the other. */
export function inLetters(text: string): string {
  return runsOf(text)
    .map((run) => (run.hidden ? `[${run.hidden.short}]` : run.text))
    .join("");
}
