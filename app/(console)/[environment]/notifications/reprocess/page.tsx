import type { Metadata } from "next";
import Link from "next/link";
import { RehearsalResult } from "@/components/notifications/rehearsal-result";
import {
  EndReprocessingForm,
  ReprocessChosenForm,
  StartReprocessingForm,
} from "@/components/notifications/reprocess-forms";
import { localMoment, readSince, sinceWords } from "@/components/notifications/reprocess-since";
import { ReprocessingProgress } from "@/components/notifications/reprocessing-progress";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button, LinkButton } from "@/components/ui/button";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { TextField } from "@/components/ui/text-field";
import { Time } from "@/components/ui/time";
import { countOpenPayments, listReprocessings, type ReprocessingRow } from "@/db/queries/reprocessings";
import { requireScope } from "@/lib/auth/require-viewer";
import { NotificationId, ReprocessingId } from "@/lib/domain/ids";
import { type AddressParams, readParam } from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { mostCounted, type Rehearsal, rehearseChosen, rehearseSince } from "@/lib/notifications/rehearsal";
import { mostChosen } from "@/lib/notifications/reprocess";
import { endReprocessingAction, reprocessChosenAction, startReprocessingAction } from "./actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Reprocess notifications", (await params).environment);
}

export default async function ReprocessPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "notifications:reprocess");
  const asked = await searchParams;
  const root = `/${scope.environment}/notifications`;
  const runId = readParam(asked, "run", ReprocessingId);
  const ids = [asked["id"]].flat().flatMap((text) => NotificationId.safeParse(text).data ?? []);
  const runs = await listReprocessings(scope);
  const run = runs.find(({ id }) => id === runId) ?? null;
  return (
    <div className="max-w-[940px]">
      <Breadcrumb items={[{ label: "Notifications", href: root }, { label: "Reprocess" }]} />
      <PageTitle>{run ? "Reprocessing" : "Reprocess notifications"}</PageTitle>
      {run ? (
        <div className="mt-4">
          <LiveRefresh topics={[scope.environment]} />
          <ReprocessingProgress
            run={run}
            stop={
              run.state === "running" ? (
                <EndReprocessingForm action={endReprocessingAction} environment={scope.environment} id={run.id} />
              ) : null
            }
          />
          <p className="mt-5">
            <LinkButton href={root}>All notifications</LinkButton>
          </p>
        </div>
      ) : ids.length > 0 ? (
        <Chosen scope={scope} ids={ids.slice(0, mostChosen)} root={root} />
      ) : (
        <SinceATime scope={scope} asked={asked} root={root} />
      )}
      {!run && runs.length > 0 ? <Earlier runs={runs} root={root} /> : null}
    </div>
  );
}

async function Chosen({ scope, ids, root }: { scope: Scope; ids: NotificationId[]; root: string }) {
  const rehearsal = await rehearseChosen(scope, ids);
  const count = rehearsal.looked;
  return (
    <div className="mt-4 grid gap-5">
      <p className="max-w-[64ch] leading-normal text-ink-2">
        {inAll(count)} chosen. {whatItMeans} Nothing was done yet: this is what it would change.
      </p>
      <RehearsalResult result={rehearsal} />
      {count < ids.length ? (
        <p className="text-13 text-ink-2">
          {ids.length - count} of those chosen are not kept as they came any more, or never were: they cannot be judged.
        </p>
      ) : null}
      {count > 0 ? (
        <ReprocessChosenForm
          action={reprocessChosenAction}
          environment={scope.environment}
          ids={ids}
          label={`Reprocess ${count}`}
        />
      ) : null}
      <p>
        <LinkButton href={root}>All notifications</LinkButton>
      </p>
    </div>
  );
}

async function SinceATime({ scope, asked, root }: { scope: Scope; asked: AddressParams; root: string }) {
  const since = readSince(asked, new Date());
  const [rehearsal, open] = await Promise.all([
    rehearseSince(scope, since.at),
    countOpenPayments(scope, since.at, mostCounted + 1),
  ]);
  const path = `${root}/reprocess`;
  return (
    <div className="grid gap-5">
      <div className="mt-1">
        <Tabs
          label="Since when"
          tabs={sinceWords.map(({ word, label }) => ({
            href: `${path}?since=${word}`,
            label,
            current: since.word === word,
          }))}
        />
      </div>
      <form action={path} method="get" className="flex flex-wrap items-end gap-3">
        <TextField
          name="since"
          label="Or since (Hong Kong time)"
          type="datetime-local"
          defaultValue={localMoment(since.at)}
        />
        <Button type="submit" variant="secondary" className="desk:min-h-9">
          Look
        </Button>
      </form>
      <p className="max-w-[64ch] text-16 leading-snug font-medium">{lead(rehearsal)}</p>
      <RehearsalResult result={rehearsal} />
      <p className="max-w-[64ch] text-13 leading-normal text-ink-2">
        {whatItMeans} After that the gateway is asked about every order of that time that no notification settled:{" "}
        {countText(open)} {open === 1 ? "is" : "are"} open now.
      </p>
      <StartReprocessingForm
        action={startReprocessingAction}
        environment={scope.environment}
        since={since.at}
        label={`Reprocess ${rehearsal.found.toLocaleString("en")}${rehearsal.isCapped ? "+" : ""} and ask about the rest`}
      />
    </div>
  );
}

const whatItMeans =
  "Each message is judged with today's keys, orders and rules, through the same door as a fresh one. What had an effect keeps it, so doing this twice changes nothing more.";

function lead({ found, isCapped, looked, states }: Rehearsal): string {
  if (found === 0)
    return "Every notification of that time had its effect or was valid. There is nothing to judge again.";
  const moves = states.reduce((sum, { count }) => sum + count, 0);
  const all = `${found.toLocaleString("en")}${isCapped ? "+" : ""}`;
  const of = looked < found ? `Of the first ${looked} of ${all}` : `Of ${all}`;
  return `${of} that had no effect, ${moves === 0 ? "none" : moves} would move a payment or refund.`;
}

function countText(count: number): string {
  return count > mostCounted ? `${mostCounted.toLocaleString("en")}+` : count.toLocaleString("en");
}

function inAll(count: number): string {
  return count === 1 ? "One notification" : `${count} notifications`;
}

function Earlier({ runs, root }: { runs: readonly ReprocessingRow[]; root: string }) {
  return (
    <Section title="Earlier runs">
      <ul className="border-t border-line text-13">
        {runs.map(({ id, state, since, looked, moved, createdAt }) => (
          <li key={id} className="flex flex-wrap gap-x-6 gap-y-1 border-b border-line py-2">
            <Link href={`${root}/reprocess?run=${id}`} className="link">
              <Time at={createdAt} />
            </Link>
            <span className="text-ink-2">{state}</span>
            <span className="text-ink-2">
              since <Time at={since} kind="exact" />
            </span>
            <span className="nums ml-auto">
              {looked.toLocaleString("en")} judged, {moved.toLocaleString("en")} moved
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
