import { VerdictLabel } from "@/components/states/verdict-label";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";

export type DeliveryFacts = { at: Date; from: string | null; verdict: string; reply: string; tookUs: number };

/** Every delivery of the same message: when, from where, what it was taken for then, and what we answered. */
export function Deliveries({ deliveries }: { deliveries: readonly DeliveryFacts[] }) {
  const [first] = deliveries;
  return (
    <table className="w-full border-collapse text-12">
      <caption className="sr-only">Deliveries of this message, in the order in which they came</caption>
      <thead>
        <tr className="border-b border-ink text-left text-ink-3">
          <th scope="col" className="h-8 pr-4 font-medium">
            Came
          </th>
          <th scope="col" className="h-8 pr-4 font-medium">
            After
          </th>
          <th scope="col" className="h-8 pr-4 font-medium max-desk:hidden">
            From
          </th>
          <th scope="col" className="h-8 pr-4 font-medium">
            Taken for
          </th>
          <th scope="col" className="h-8 pr-4 font-medium max-desk:hidden">
            Answered
          </th>
          <th scope="col" className="h-8 text-right font-medium max-desk:hidden">
            Decided in
          </th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map(({ at, from, verdict, reply, tookUs }, index) => (
          <tr
            // biome-ignore lint/suspicious/noArrayIndexKey: deliveries are told apart by their order only
            key={index}
            className="border-b border-line"
          >
            <td className="py-2 pr-4 whitespace-nowrap">
              <Time at={at} kind="evidence" />
            </td>
            <td className="nums py-2 pr-4 text-ink-2">
              {index === 0 || !first ? "" : `${Math.round((at.getTime() - first.at.getTime()) / 1000)} s`}
            </td>
            <td className="mono py-2 pr-4 text-ink-2 max-desk:hidden">{from}</td>
            <td className="py-2 pr-4">
              <VerdictLabel verdict={verdict} />
            </td>
            <td className="mono py-2 pr-4 text-ink-2 max-desk:hidden">{visibleText(reply)}</td>
            <td className="nums py-2 text-right text-ink-2 max-desk:hidden">{(tookUs / 1000).toFixed(1)} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
