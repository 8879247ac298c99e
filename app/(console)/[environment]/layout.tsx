import type { Metadata } from "next";
import type { ReactNode } from "react";
import { pageMetadata } from "@/components/shell/page-metadata";
import { RememberEnvironment } from "@/components/shell/remember-environment";
import { Shell } from "@/components/shell/shell";
import { countOpenAlerts } from "@/db/queries/alerts";
import { countOpenRequests } from "@/db/queries/refund-requests";
import { requireScope } from "@/lib/auth/require-viewer";
import { roleMay } from "@/lib/domain/roles";
import type { ScopeMerchant } from "@/lib/domain/viewer";

type Props = { children: ReactNode; params: Promise<{ environment: string }> };

/** What pages say that have no title of their own: nothing at this address, no right to see it. */
export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { title, ...icons } = pageMetadata("Nothing to see", (await params).environment);
  return { ...icons, title: { default: String(title), template: "%s · Countersign" } };
}

/** Every page below asks for its own right again: a layout is not drawn anew when only its page changes. */
export default async function EnvironmentLayout({ children, params }: Props) {
  const scope = await requireScope((await params).environment, "payments:read");
  const { environment, viewer, merchants } = scope;
  const [approvals, alerts] = await Promise.all([
    roleMay(viewer.role, "refunds:approve") ? countOpenRequests(scope) : 0,
    countOpenAlerts(scope),
  ]);
  const only = merchants.length === 1 ? merchants[0] : undefined;
  return (
    <Shell
      environment={environment}
      viewer={{ name: viewer.name, role: viewer.role }}
      merchantLabel={only ? nameOf(only) : merchants.length === 0 ? "no merchant yet" : `${merchants.length} merchants`}
      mchNo={only?.mchNo}
      counts={{ approvals, alerts }}
      signOutAction="/sign-out"
    >
      <RememberEnvironment environment={environment} />
      {children}
    </Shell>
  );
}

/** A merchant that nobody has named yet is called by its number alone. */
function nameOf({ label, mchNo }: ScopeMerchant): string {
  return label === mchNo ? "Merchant" : label;
}
