import type { Metadata } from "next";
import { z } from "zod";
import { AuditTable } from "@/components/people/audit-table";
import { pageMetadata } from "@/components/shell/page-metadata";
import { PageTitle } from "@/components/ui/page-title";
import { listAudit } from "@/db/queries/audit";
import { requireScope } from "@/lib/auth/require-viewer";
import { type AddressParams, readParam } from "@/lib/domain/list-address";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Audit", (await params).environment);
}

/** It always has an entry: whoever looks at it has signed in. */
export default async function AuditPage({ params, searchParams }: Props) {
  const { environment, viewer } = await requireScope((await params).environment, "audit:read");
  const asked = await searchParams;
  const page = await listAudit(viewer, {
    after: readParam(asked, "after", z.string()),
    before: readParam(asked, "before", z.string()),
  });
  const path = `/${environment}/settings/audit`;
  return (
    <>
      <PageTitle caption="Who did what in settings and at the door, in both environments. Entries are never changed.">
        Audit
      </PageTitle>
      <div className="mt-5">
        <AuditTable
          rows={page.rows}
          footer={{
            newer: page.newer && `${path}?before=${page.newer}`,
            older: page.older && `${path}?after=${page.older}`,
          }}
        />
      </div>
    </>
  );
}
