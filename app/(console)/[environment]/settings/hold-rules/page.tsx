import { CircleCheck, CircleDashed } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { StateLabel } from "@/components/ui/state-label";
import { Time } from "@/components/ui/time";
import { type HoldRulesRow, listHoldRules } from "@/db/queries/hold-rules";
import { requireScope } from "@/lib/auth/require-viewer";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Hold rules", (await params).environment);
}

export default async function HoldRulesPage({ params }: Props) {
  const scope = await requireScope((await params).environment, "hold-rules:write");
  const rows = await listHoldRules(scope);
  const root = `/${scope.environment}/settings`;
  return (
    <div className="max-w-[860px]">
      <PageTitle>Hold rules</PageTitle>
      <p className="mt-2 max-w-[64ch] text-13 leading-normal text-ink-2">
        How a hold is completed and released is not published. Ask the gateway for the path, the names of the fields and
        the state that follows, and enter them for the application they were confirmed for. Each environment has its
        own: prove them in test first.
      </p>
      {rows.length === 0 ? (
        <div className="mt-6">
          <Empty title="No credential here yet.">
            <LinkButton href={`${root}/credentials/new`}>Add a credential</LinkButton>
          </Empty>
        </div>
      ) : (
        <ul className="mt-6 border-t border-ink">
          {rows.map((row) => (
            <RulesOfCredential key={row.credentialId} row={row} href={`${root}/hold-rules/${row.credentialId}`} />
          ))}
        </ul>
      )}
    </div>
  );
}

function RulesOfCredential({ row, href }: { row: HoldRulesRow; href: string }) {
  const { rules } = row;
  return (
    <li className="grid gap-x-6 gap-y-1 border-b border-line py-3 text-13 desk:grid-cols-[minmax(0,1fr)_180px_180px_150px] desk:items-center">
      <span>
        <Link href={href} className="link font-medium">
          {row.label}
        </Link>
        <span className="block text-12 text-ink-3">
          {rules?.wayCodes.length
            ? `${rules.wayCodes.join(", ")} always, others where marked as a hold`
            : "Only orders that were marked as a hold"}
          {rules?.lifetimeHours ? `, kept ${rules.lifetimeHours} h` : ""}
          {row.isActive ? "" : ", out of use"}
        </span>
      </span>
      <Entered isEntered={Boolean(rules?.complete)} name="Completion" />
      <Entered isEntered={Boolean(rules?.release)} name="Release" />
      <span className="text-12 text-ink-3">
        {row.changedAt ? (
          <>
            <Time at={row.changedAt} kind="exact" /> {row.changedByName}
          </>
        ) : null}
      </span>
    </li>
  );
}

function Entered({ isEntered, name }: { isEntered: boolean; name: string }) {
  return (
    <StateLabel tone={isEntered ? "paid" : "closed"} icon={isEntered ? <CircleCheck /> : <CircleDashed />}>
      {name}: {isEntered ? "set up" : "not set up"}
    </StateLabel>
  );
}
