import "server-only";
import { namesOfPeopleWith } from "@/db/queries/viewer";
import { type Permission, type Role, rolesWith } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";

const subjects: Record<Permission, string> = {
  "payments:read": "Payments",
  "payments:ask": "Asking the gateway",
  "payments:adopt": "Adopting payments",
  "payments:settle": "Settling what was loud",
  "payments:create": "New payments",
  "payments:close": "Closing payments",
  "payments:cancel": "Cancelling payments",
  "holds:complete": "Completing holds",
  "holds:release": "Releasing holds",
  "hold-rules:write": "Hold rules",
  "refunds:read": "Refunds",
  "refunds:ask": "Asking the gateway",
  "refunds:settle": "Settling what was loud",
  "refunds:create": "New refunds",
  "refunds:approve": "Approvals of refunds",
  "refund-rules:write": "Refund rules",
  "notifications:read": "Notifications",
  "notifications:reprocess": "Processing notifications again",
  "alerts:read": "Alerts",
  "alert-rules:write": "Limits of alerts",
  "retention:write": "Periods of keeping messages",
  "calls:read": "Gateway calls",
  "debugger:use": "The signature debugger",
  "debugger:search": "Searches with stored secrets",
  "debugger:search-production": "Searches with production secrets",
  "composer:use": "Composed requests",
  "credentials:read": "Credentials",
  "credentials:write": "Credentials",
  "events:read": "Outgoing events",
  "events:write": "Outgoing events",
  "people:read": "People",
  "people:write": "People",
  "audit:read": "The audit",
  "console-access:write": "The addresses of people",
  "self:write": "Your own account",
  "self:sign-out": "Signing out",
};

/** Whom a right belongs to and who can help: `Credentials are for admins. Jonas Wick and Anna Seidel can help.` */
export async function whoMay(permission: Permission): Promise<string> {
  const roles = rolesWith(permission);
  const names = await namesOfPeopleWith(roles);
  const help = names.length === 0 ? "" : ` ${inWords(names)} can help.`;
  const subject = subjects[permission];
  return `${subject} ${subject.endsWith("s") ? "are" : "is"} for ${inWords(roles.map(plural))}.${help}`;
}

/** Who beside this person holds a right: `Anna Seidel and Jonas Wick can.` */
export async function whoElseMay(permission: Permission, { personId }: Pick<Viewer, "personId">): Promise<string> {
  const roles = rolesWith(permission);
  const names = await namesOfPeopleWith(roles, personId);
  if (names.length === 0) return `Nobody else has the right now. An admin can give it: the role ${roles.join(" or ")}.`;
  return `${inWords(names)} can.`;
}

function plural(role: Role): string {
  return role === "support" ? "support" : `${role}s`;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
