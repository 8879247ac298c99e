import { type Problem, problem } from "./problem";
import { type Permission, roleMay, rolesWith } from "./roles";
import type { Scope, Viewer } from "./viewer";

/** Why this person may not do this, or null. Every use case asks, whoever called it. */
export function refusalFor(who: Viewer | Scope, permission: Permission): Problem | null {
  const viewer = "viewer" in who ? who.viewer : who;
  if (roleMay(viewer.role, permission)) return null;
  const roles = rolesWith(permission).join(" or ");
  return problem(
    "not-allowed",
    `Your role is ${viewer.role}. This needs the role ${roles}; an admin can change yours.`,
  );
}
