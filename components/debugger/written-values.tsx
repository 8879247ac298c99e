import { classNames } from "@/components/ui/class-names";
import type { Evidence } from "@/lib/debugger/evidence";
import type { PlainReading } from "@/lib/debugger/plain-reading";
import { VisibleRuns } from "./visible-runs";

/** The text of every value that is signed, with everything in it made visible. */
export function WrittenValues({ reading, evidence }: { reading: PlainReading; evidence: Evidence | null }) {
  const others = new Map(
    evidence?.fields.flatMap(({ name, is, signed }) => (is === "changed" ? [[name, signed]] : [])),
  );
  const hasOthers = others.size > 0;
  return (
    <table className="w-full table-fixed border-collapse text-12">
      <caption className="sr-only">The text of every value that is signed</caption>
      <thead>
        <tr className="border-b border-ink text-left text-ink-3">
          <th scope="col" className="h-8 w-32 pr-2 font-medium max-desk:w-24">
            Field
          </th>
          <th scope="col" className="h-8 pr-2 font-medium">
            Right text
          </th>
          {hasOthers ? (
            <th scope="col" className="h-8 w-[42%] font-medium">
              What was signed
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {reading.right.pieces.map(({ name, text }) => {
          const other = others.get(name);
          return (
            <tr key={name} className={classNames("border-b border-line align-top", other != null && "bg-failed-wash")}>
              <th scope="row" className="mono py-1.5 pr-2 pl-1 text-left font-normal break-all">
                <VisibleRuns text={name} />
              </th>
              <td className="mono py-1.5 pr-2 break-all">
                <VisibleRuns text={text} />
              </td>
              {hasOthers ? (
                <td className="mono py-1.5 break-all text-failed">
                  {other == null ? null : <VisibleRuns text={other} />}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
