import { z } from "zod";

/** What a person may do, from least to most. */
export const Role = z.enum(["support", "operator", "admin"]);
export type Role = z.infer<typeof Role>;

/** Every right a page, route or action can ask for. The table below is the whole policy. */
export const permissions = {
  "payments:read": ["support", "operator", "admin"],
  "payments:ask": ["support", "operator", "admin"],
  "payments:adopt": ["support", "operator", "admin"],
  "payments:settle": ["support", "operator", "admin"],
  "payments:create": ["operator", "admin"],
  "payments:close": ["operator", "admin"],
  "payments:cancel": ["operator", "admin"],
  "holds:complete": ["operator", "admin"],
  "holds:release": ["operator", "admin"],
  "hold-rules:write": ["admin"],
  "refunds:read": ["support", "operator", "admin"],
  "refunds:ask": ["support", "operator", "admin"],
  "refunds:settle": ["support", "operator", "admin"],
  "refunds:create": ["operator", "admin"],
  "refunds:approve": ["operator", "admin"],
  "refund-rules:write": ["admin"],
  "notifications:read": ["support", "operator", "admin"],
  "notifications:reprocess": ["operator", "admin"],
  "alerts:read": ["support", "operator", "admin"],
  "alert-rules:write": ["admin"],
  "retention:write": ["admin"],
  "calls:read": ["support", "operator", "admin"],
  "debugger:use": ["support", "operator", "admin"],
  "debugger:search": ["operator", "admin"],
  "debugger:search-production": ["admin"],
  "composer:use": ["operator", "admin"],
  "credentials:read": ["admin"],
  "credentials:write": ["admin"],
  "events:read": ["admin"],
  "events:write": ["admin"],
  "people:read": ["admin"],
  "people:write": ["admin"],
  "audit:read": ["admin"],
  "console-access:write": ["admin"],
  "self:write": ["support", "operator", "admin"],
  "self:sign-out": ["support", "operator", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** The rights of everything below `settings` in the addresses, which may be open to fewer addresses than the rest. */
const settingsRights: ReadonlySet<Permission> = new Set<Permission>([
  ...(["credentials:read", "credentials:write", "events:read", "events:write", "people:read", "people:write"] as const),
  ...(["hold-rules:write", "refund-rules:write", "retention:write", "audit:read", "self:write"] as const),
  "console-access:write",
]);

export function isSettingsRight(permission: Permission): boolean {
  return settingsRights.has(permission);
}

export function roleMay(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}

/** The roles that hold a right, for the sentence that tells a person whom to ask. */
export function rolesWith(permission: Permission): readonly Role[] {
  return permissions[permission];
}

/** `An operator`, as a sentence begins. */
export function theRole(role: Role): string {
  return `${/^[aeiou]/.test(role) ? "An" : "A"} ${role}`;
}
