import { GeistMono } from "geist/font/mono";
import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Logo } from "@/components/ui/mark";
import type { Environment } from "@/lib/domain/environment";
import { type Role, roleMay } from "@/lib/domain/roles";
import { EnvironmentStrip } from "./environment-strip";
import { KeyboardLayer } from "./keyboard-layer";
import { liveStatusId } from "./live-status";
import type { PageName } from "./navigation-entries";
import { type NavigationCounts, PhoneNavigation, SideNavigation } from "./navigation-links";
import { PageLoading } from "./page-loading";
import { PersonMenu, type SignOutAction } from "./person-menu";
import { SearchForm } from "./search-form";

type Props = {
  environment: Environment;
  viewer: { name: string; role: Role };
  merchantLabel: string;
  /** Left out where several merchants share the environment. */
  mchNo?: string | undefined;
  counts: NavigationCounts;
  /** Read from the address when left out. */
  current?: PageName | undefined;
  signOutAction: SignOutAction;
  children: ReactNode;
};

/** What stands around every signed-in page. */
export function Shell({ environment, viewer, merchantLabel, mchNo, counts, current, signOutAction, children }: Props) {
  const mayCreate = roleMay(viewer.role, "payments:create");
  return (
    <div data-env={environment} className={GeistMono.variable}>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <EnvironmentStrip environment={environment} merchantLabel={merchantLabel} mchNo={mchNo} />
      <div className="shell">
        <div className="shell-side">
          <SideNavigation environment={environment} role={viewer.role} counts={counts} current={current} />
        </div>
        <div className="min-w-0">
          <header className="shell-head">
            <Link
              href={`/${environment}/payments`}
              className="icon-button desk:hidden"
              aria-label="Countersign, payments"
            >
              <Logo />
            </Link>
            <SearchForm environment={environment} />
            <span id={liveStatusId} role="status" className="desk:flex-1" />
            {mayCreate ? (
              <LinkButton
                href={`/${environment}/payments/new`}
                variant="primary"
                icon={<Plus />}
                className="max-desk:hidden"
              >
                New payment
              </LinkButton>
            ) : null}
            <PersonMenu
              name={viewer.name}
              role={viewer.role}
              accountHref={`/${environment}/settings/account`}
              signOutAction={signOutAction}
            />
          </header>
          <main id="main" tabIndex={-1} className="shell-main">
            <PageLoading>{children}</PageLoading>
          </main>
        </div>
      </div>
      <PhoneNavigation environment={environment} role={viewer.role} counts={counts} current={current} />
      <KeyboardLayer environment={environment} mayCreate={mayCreate} />
    </div>
  );
}
