import { Download } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { addressOf } from "@/components/data-table/address";
import { footerOf } from "@/components/data-table/footer-of";
import { AuditFilterBar } from "@/components/people/audit-filter-bar";
import { AuditHeadLine } from "@/components/people/audit-head-line";
import { AuditTable } from "@/components/people/audit-table";
import { pageMetadata } from "@/components/shell/page-metadata";
import { PageTitle } from "@/components/ui/page-title";
import { listAudit, readAuditFilter } from "@/db/queries/audit";
import { readAuditHead } from "@/db/queries/audit-chain";
import { listPeople } from "@/db/queries/people";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readParam, searchTextOf } from "@/lib/domain/list-address";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Audit", (await params).environment);
}

export default async function AuditPage({ params, searchParams }: Props) {
  const { environment, viewer } = await requireScope((await params).environment, "audit:read");
  const asked = await searchParams;
  const filter = readAuditFilter(asked);
  const [page, people, head] = await Promise.all([
    listAudit(viewer, {
      filter,
      after: readParam(asked, "after", z.string()),
      before: readParam(asked, "before", z.string()),
    }),
    listPeople(viewer),
    readAuditHead(),
  ]);
  const path = `/${environment}/settings/audit`;
  const address = { path, search: searchTextOf(asked) };
  return (
    <>
      <PageTitle
        caption="Who did what in settings and at the door, and looked at what was loud, in both environments. Entries are never changed."
        aside={
          // A file is no page: the framework would fetch it before anybody asks.
          <a
            href={addressOf({ path: `${path}/export`, search: address.search })}
            className="btn"
            data-variant="secondary"
            data-size="md"
            download
          >
            <Download />
            Export
          </a>
        }
      >
        Audit
      </PageTitle>
      <AuditHeadLine head={head} />
      <AuditFilterBar address={address} filter={filter} people={people} />
      <AuditTable rows={page.rows} footer={footerOf(address, page, (row) => row.at)} />
    </>
  );
}
