import { CircleCheck, CircleDashed, CircleX, Hourglass } from "lucide-react";
import Link from "next/link";
import { VerdictLabel } from "@/components/states/verdict-label";
import { Scale } from "@/components/ui/scale";
import { StateLabel } from "@/components/ui/state-label";
import { Time } from "@/components/ui/time";
import { visibleText } from "@/components/ui/visible-text";
import type { Try } from "@/lib/doctor/expected-tries";

export type ArrivedDelivery = { at: Date; notificationId: string; verdict: string; reply: string };

type Props = { tries: readonly Try[]; deliveries: readonly ArrivedDelivery[]; root: string };

const states = {
  arrived: { word: "Arrived", tone: "paid", Icon: CircleCheck },
  missing: { word: "Did not arrive", tone: "failed", Icon: CircleX },
  due: { word: "Due", tone: "wait", Icon: Hourglass },
  "not-needed": { word: "Not needed", tone: "closed", Icon: CircleDashed },
} as const satisfies Record<Try["state"], object>;

/** Two lanes: when the gateway should have called by its ladder, and what came. Without tries only what came. */
export function TriesLane({ tries, deliveries, root }: Props) {
  const start = tries[0]?.dueAt.getTime() ?? 0;
  const secondsOf = (at: Date) => Math.round((at.getTime() - start) / 1_000);
  const arrivals = deliveries.map(({ at }) => secondsOf(at)).filter((seconds) => seconds >= -60 && seconds <= 480);
  const unplaced = deliveries.filter(({ at }) => !tries.some(({ arrivedAt }) => arrivedAt?.getTime() === at.getTime()));
  return (
    <>
      {tries.length > 0 ? (
        <Scale
          max={450}
          minor={30}
          major={90}
          label={`Seconds after the event: tries are due after 0, 30, 90, 180, 300 and 450; ${deliveries.length} arrived.`}
          labels={tries.map(({ dueAt }) => ({ at: secondsOf(dueAt), text: String(secondsOf(dueAt)) }))}
          marks={arrivals.map((seconds) => Math.max(0, seconds))}
        />
      ) : null}
      <div className="mt-3 overflow-x-auto">
        <table className="w-full border-collapse text-13">
          <caption className="sr-only">Tries of the gateway against what arrived</caption>
          <thead>
            <tr className="border-b border-ink text-left text-12 text-ink-3">
              <th scope="col" className="h-8 pr-4 font-medium">
                Try
              </th>
              <th scope="col" className="h-8 pr-4 font-medium">
                Expected
              </th>
              <th scope="col" className="h-8 pr-4 font-medium">
                Arrived
              </th>
              <th scope="col" className="h-8 pr-4 font-medium max-desk:hidden">
                Taken for
              </th>
              <th scope="col" className="h-8 font-medium max-desk:hidden">
                Answered
              </th>
            </tr>
          </thead>
          <tbody>
            {tries.map((one) => (
              <Row
                key={one.number}
                name={String(one.number)}
                expected={one.dueAt}
                state={one.state}
                delivery={deliveries.find(({ at }) => at.getTime() === one.arrivedAt?.getTime()) ?? null}
                root={root}
              />
            ))}
            {unplaced.map((delivery) => (
              <Row
                key={`${delivery.notificationId} ${delivery.at.getTime()}`}
                name="beside"
                expected={null}
                state="arrived"
                delivery={delivery}
                root={root}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

type RowProps = {
  name: string;
  expected: Date | null;
  state: Try["state"];
  delivery: ArrivedDelivery | null;
  root: string;
};

function Row({ name, expected, state, delivery, root }: RowProps) {
  const { word, tone, Icon } = states[state];
  return (
    <tr className="border-b border-line">
      <td className="nums py-2 pr-4 text-ink-2">{name}</td>
      <td className="py-2 pr-4 whitespace-nowrap">{expected ? <Time at={expected} kind="clock" /> : null}</td>
      <td className="py-2 pr-4">
        <StateLabel
          tone={tone}
          icon={<Icon />}
          note={
            delivery ? (
              <Link href={`${root}/notifications/${delivery.notificationId}`} className="link py-1">
                <Time at={delivery.at} kind="clock" />
              </Link>
            ) : null
          }
        >
          {word}
        </StateLabel>
      </td>
      <td className="py-2 pr-4 max-desk:hidden">{delivery ? <VerdictLabel verdict={delivery.verdict} /> : null}</td>
      <td className="mono py-2 text-12 text-ink-2 max-desk:hidden">{delivery ? visibleText(delivery.reply) : null}</td>
    </tr>
  );
}
