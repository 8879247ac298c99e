import type { LucideIcon } from "lucide-react";
import {
  ArrowLeftRight,
  BellRing,
  Bug,
  Hand,
  Inbox,
  KeyRound,
  ListChecks,
  Lock,
  LockOpen,
  MapPin,
  ReceiptText,
  Scale,
  ScrollText,
  Send,
  SquarePen,
  Stethoscope,
  Undo2,
  Users,
  Webhook,
} from "lucide-react";
import type { Environment } from "@/lib/domain/environment";
import { type Permission, type Role, roleMay } from "@/lib/domain/roles";

export type PageName =
  | "payments"
  | "holds"
  | "refunds"
  | "approvals"
  | "refund-plans"
  | "notifications"
  | "doctor"
  | "alerts"
  | "calls"
  | "debugger"
  | "composer"
  | "credentials"
  | "notify-addresses"
  | "events"
  | "refund-rules"
  | "hold-rules"
  | "people"
  | "console-access"
  | "audit";

/** What a person is at: the money, what is said between us and the gateway, or how all of it is set up. */
export type NavigationGroup = "money" | "gateway" | "settings";

export type NavigationEntry = {
  page: PageName;
  label: string;
  /** The path after the environment. */
  path: string;
  Icon: LucideIcon;
  permission: Permission;
  group: NavigationGroup;
};

/** Every page of the navigation, in order. An entry stands here only when its page exists. */
export const navigationEntries: readonly NavigationEntry[] = [
  {
    page: "payments",
    label: "Payments",
    path: "payments",
    Icon: ReceiptText,
    permission: "payments:read",
    group: "money",
  },
  { page: "holds", label: "Holds", path: "holds", Icon: Lock, permission: "payments:read", group: "money" },
  { page: "refunds", label: "Refunds", path: "refunds", Icon: Undo2, permission: "refunds:read", group: "money" },
  { page: "approvals", label: "Approvals", path: "approvals", Icon: Hand, permission: "refunds:read", group: "money" },
  {
    page: "refund-plans",
    label: "Refund plans",
    path: "refund-plans",
    Icon: ListChecks,
    permission: "refunds:create",
    group: "money",
  },
  {
    page: "notifications",
    label: "Notifications",
    path: "notifications",
    Icon: Inbox,
    permission: "notifications:read",
    group: "gateway",
  },
  {
    page: "doctor",
    label: "Notification doctor",
    path: "doctor",
    Icon: Stethoscope,
    permission: "notifications:read",
    group: "gateway",
  },
  { page: "alerts", label: "Alerts", path: "alerts", Icon: BellRing, permission: "alerts:read", group: "gateway" },
  {
    page: "calls",
    label: "Gateway calls",
    path: "calls",
    Icon: ArrowLeftRight,
    permission: "calls:read",
    group: "gateway",
  },
  {
    page: "debugger",
    label: "Signature debugger",
    path: "debugger",
    Icon: Bug,
    permission: "debugger:use",
    group: "gateway",
  },
  {
    page: "composer",
    label: "Request composer",
    path: "composer",
    Icon: SquarePen,
    permission: "composer:use",
    group: "gateway",
  },
  {
    page: "credentials",
    label: "Credentials",
    path: "settings/credentials",
    Icon: KeyRound,
    permission: "credentials:read",
    group: "settings",
  },
  {
    page: "notify-addresses",
    label: "Notify addresses",
    path: "settings/notify-addresses",
    Icon: Webhook,
    permission: "credentials:read",
    group: "settings",
  },
  {
    page: "events",
    label: "Events",
    path: "settings/events",
    Icon: Send,
    permission: "events:read",
    group: "settings",
  },
  {
    page: "refund-rules",
    label: "Refund rules",
    path: "settings/refund-rules",
    Icon: Scale,
    permission: "refund-rules:write",
    group: "settings",
  },
  {
    page: "hold-rules",
    label: "Hold rules",
    path: "settings/hold-rules",
    Icon: LockOpen,
    permission: "hold-rules:write",
    group: "settings",
  },
  {
    page: "people",
    label: "People",
    path: "settings/people",
    Icon: Users,
    permission: "people:read",
    group: "settings",
  },
  {
    page: "console-access",
    label: "Console access",
    path: "settings/console-access",
    Icon: MapPin,
    permission: "console-access:write",
    group: "settings",
  },
  {
    page: "audit",
    label: "Audit",
    path: "settings/audit",
    Icon: ScrollText,
    permission: "audit:read",
    group: "settings",
  },
];

export function entriesFor(role: Role): readonly NavigationEntry[] {
  return navigationEntries.filter(({ permission }) => roleMay(role, permission));
}

const groupLabels: readonly (readonly [NavigationGroup, string])[] = [
  ["money", "Money"],
  ["gateway", "Gateway"],
  ["settings", "Settings"],
];

/** Entries under the heading of their group; a group without entries is left out. */
export function grouped(entries: readonly NavigationEntry[]) {
  return groupLabels
    .map(([group, label]) => ({ group, label, entries: entries.filter((entry) => entry.group === group) }))
    .filter((each) => each.entries.length > 0);
}

/** The entry an address belongs to, or `null` for pages outside of the navigation. */
export function entryAt(pathname: string): NavigationEntry | null {
  const path = pathAfterEnvironment(pathname);
  return navigationEntries.find((entry) => path === entry.path || path.startsWith(`${entry.path}/`)) ?? null;
}

/**
 * The same kind of page in the other environment. A single payment does not exist there, so its list is shown;
 * nothing but the path is taken along, because filters may name credentials of this side.
 */
export function sameKindOfPage(pathname: string, to: Environment): string {
  const path = pathAfterEnvironment(pathname);
  if (path === "payments/new") return `/${to}/payments/new`;
  if (path === "search") return `/${to}/search`;
  return `/${to}/${entryAt(pathname)?.path ?? "payments"}`;
}

function pathAfterEnvironment(pathname: string): string {
  return pathname.split("/").slice(2).join("/");
}
