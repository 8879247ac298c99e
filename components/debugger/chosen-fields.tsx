import { CircleX } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Cause } from "@/lib/debugger/causes";
import type { PlainReading } from "@/lib/debugger/plain-reading";
import { VisibleRuns } from "./visible-runs";

const reasons = {
  "is-sign": "skipped: a signature does not sign itself",
  null: "skipped: null is not signed",
  empty: "skipped: empty text is not signed",
  replaced: "skipped: the name comes again, and the last one counts",
} as const;

/** Every field in the order of arrival, and whether it takes part. */
export function ChosenFields({ reading, cause }: { reading: PlainReading; cause: Cause | null }) {
  const { fields, right } = reading;
  const skipped = [...right.skipped];
  const differences = new Map(cause?.evidence?.fields.map(({ name, is }) => [name, is]));
  const dropped = droppedBy(cause);
  return (
    <table className="w-full table-fixed border-collapse text-12">
      <caption className="sr-only">Fields in the order in which they came, and whether each is signed</caption>
      <thead>
        <tr className="border-b border-ink text-left text-ink-3">
          <th scope="col" className="h-8 w-32 pr-2 font-medium max-desk:w-24">
            Field
          </th>
          <th scope="col" className="h-8 pr-2 font-medium">
            As sent
          </th>
          <th scope="col" className="h-8 w-[34%] font-medium">
            In the text?
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, text, kind }, index) => {
          const at = skipped.findIndex((one) => one.name === name);
          const reason = at === -1 ? null : skipped.splice(at, 1)[0];
          const wrong = dropped.has(name)
            ? "signed, but the gateway drops it"
            : wordsFor(differences.get(name), reason !== null);
          return (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
              key={index}
              className={classNames(
                "border-b border-line align-top",
                wrong ? "bg-failed-wash" : reason && "text-ink-3",
              )}
            >
              <th scope="row" className="mono py-1.5 pr-2 pl-1 text-left font-normal break-all">
                <VisibleRuns text={name} />
              </th>
              <td className="mono py-1.5 pr-2 break-all">
                {text === "" ? '""' : kind === "text" ? <VisibleRuns text={text} /> : text}
              </td>
              <td className="py-1.5 break-words">
                {wrong ? (
                  <span className="inline-flex gap-1.5 text-failed">
                    <CircleX className="mt-px size-3.5 flex-none" />
                    {wrong}
                  </span>
                ) : reason ? (
                  reasons[reason.reason]
                ) : (
                  <span className="text-ink-3">signed</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function wordsFor(is: "left-out" | "added" | "changed" | undefined, isSkipped: boolean): string | null {
  if (is === "left-out") return "was left out";
  if (is === "added") return isSkipped ? "was signed, and takes no part" : "was signed in excess";
  return is === "changed" ? "was signed with another value" : null;
}

function droppedBy(cause: Cause | null): ReadonlySet<string> {
  const labels = cause?.mistake.split("+") ?? [];
  const marker = "unknown_field_signed:";
  return new Set(labels.filter((label) => label.startsWith(marker)).map((label) => label.slice(marker.length)));
}
