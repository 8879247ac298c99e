import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AdoptForm } from "@/components/search/adopt-form";
import { Matches } from "@/components/search/matches";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Empty } from "@/components/ui/empty";
import { PageTitle } from "@/components/ui/page-title";
import { findByNumber, matchesPerNumber } from "@/db/queries/find-by-number";
import { requireScope } from "@/lib/auth/require-viewer";
import { otherEnvironment } from "@/lib/domain/environment";
import type { AddressParams } from "@/lib/domain/list-address";
import { adoptPaymentAction } from "./actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Search", (await params).environment);
}

const longest = 128;

export default async function SearchPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "payments:read");
  const typed = [(await searchParams)["q"]].flat()[0]?.trim().slice(0, longest) ?? "";
  const matches = await findByNumber(scope, typed);
  const root = `/${scope.environment}`;
  const [only] = matches;
  if (only && matches.length === 1) redirect(`${root}/${only.kind}s/${only.id}`);

  if (typed === "") {
    return (
      <>
        <PageTitle>Search</PageTitle>
        <div className="mt-4">
          <Empty title="Which number?">
            Paste an order, refund, gateway or channel number into the box above, or the beginning of one.
          </Empty>
        </div>
      </>
    );
  }
  if (matches.length > 0) {
    const isExact = only?.number === typed.replace(/\s+/g, "");
    return (
      <>
        <PageTitle caption={matches.length >= matchesPerNumber ? "the first ones; type more of the number" : null}>
          {matches.length} whose number {isExact ? "is" : "begins with"} <span className="mono break-all">{typed}</span>
        </PageTitle>
        <div className="mt-4 max-w-[940px]">
          <Matches matches={matches} root={root} />
        </div>
      </>
    );
  }
  const other = otherEnvironment(scope.environment);
  const otherHref = `/${other}/search?${new URLSearchParams({ q: typed })}`;
  return (
    <>
      <PageTitle>
        Nothing here has the number <span className="mono break-all">{typed}</span>
      </PageTitle>
      <div className="mt-4 grid max-w-[62ch] gap-5">
        <p className="leading-normal text-ink-2">
          No payment and no refund of this environment has it, neither as our number nor as the gateway's or the
          channel's. The gateway may know an order or a refund of this number that was made elsewhere.
        </p>
        <AdoptForm action={adoptPaymentAction} environment={scope.environment} number={typed} />
        <p className="text-13 text-ink-2">
          Or look in{" "}
          <Link href={otherHref} className="link">
            {other} instead
          </Link>
          .
        </p>
      </div>
    </>
  );
}
