import { headers } from "next/headers";
import { LinkButton } from "@/components/ui/button";
import { ClosedToAddress, NoPermission } from "@/components/ui/empty";
import { closedWords } from "@/lib/auth/closed-to-address";
import { currentViewer, viewerWith } from "@/lib/auth/current-viewer";
import { pathHeader } from "@/lib/auth/return-path";
import { whoMay } from "@/lib/auth/who-may";
import { Environment } from "@/lib/domain/environment";
import type { Permission } from "@/lib/domain/roles";

// The framework hands nothing to this page, so the address says what was asked for.
const pages: readonly { path: RegExp; permission: Permission }[] = [
  { path: /^\/[a-z]+\/payments\/new/, permission: "payments:create" },
  { path: /^\/[a-z]+\/refund-plans/, permission: "refunds:create" },
  { path: /^\/[a-z]+\/notifications\/reprocess/, permission: "notifications:reprocess" },
  { path: /^\/[a-z]+\/debugger/, permission: "debugger:use" },
  { path: /^\/[a-z]+\/composer/, permission: "composer:use" },
  { path: /^\/[a-z]+\/doctor\/credentials/, permission: "credentials:read" },
  { path: /^\/[a-z]+\/settings\/refund-rules/, permission: "refund-rules:write" },
  { path: /^\/[a-z]+\/settings\/hold-rules/, permission: "hold-rules:write" },
  { path: /^\/[a-z]+\/settings\/events/, permission: "events:read" },
  { path: /^\/[a-z]+\/settings\/people/, permission: "people:read" },
  { path: /^\/[a-z]+\/settings\/console-access/, permission: "console-access:write" },
  { path: /^\/[a-z]+\/settings\/account/, permission: "self:write" },
  { path: /^\/[a-z]+\/settings\/audit/, permission: "audit:read" },
  { path: /^\/[a-z]+\/settings/, permission: "credentials:read" },
];

/** Names the right that is missing, who has it and how to get it; or the address that is on no list. */
export default async function Forbidden() {
  const path = (await headers()).get(pathHeader) ?? "";
  const permission = pages.find((page) => page.path.test(path))?.permission ?? "payments:read";
  const environment = Environment.catch("test").parse(path.split("/")[1]);
  const asked = await viewerWith(permission);
  // The framework draws this beside every page, in case it is needed.
  if (asked.ok || asked.hindrance === "signed-out") return null;
  const way = <LinkButton href={`/${environment}/payments`}>All payments</LinkButton>;
  if (asked.hindrance !== "role") {
    return (
      <ClosedToAddress {...(await closedWords(asked.hindrance))}>
        {asked.hindrance === "settings" ? way : null}
      </ClosedToAddress>
    );
  }
  const viewer = await currentViewer();
  return (
    <NoPermission title={await whoMay(permission)} role={viewer?.role ?? "support"} permission={permission}>
      {way}
    </NoPermission>
  );
}
