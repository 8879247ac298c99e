import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { touchSession } from "@/db/commands/sessions";
import { findLiveSession, type LiveSession } from "@/db/queries/viewer";
import { settings } from "@/lib/config/settings";
import { type ClosedPart, closedTo } from "@/lib/domain/console-access";
import { isSettingsRight, type Permission, roleMay } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";
import { clientAddress } from "./client-address";
import { cookieName, readSessionToken } from "./session-cookie";

/** Who asks: somebody who is signed in, nobody, or somebody whose address the console is closed to. */
type Asker = { viewer: Viewer; closed: "settings" | null } | { viewer: null; closed: "console" | null };

/** What stands in the way of whoever asks. */
export type Hindrance = "signed-out" | "role" | ClosedPart;

/** Who asks and from where, read from the database once per request. */
const currentAsker = cache(async (): Promise<Asker> => {
  const sessionId = await readSessionToken((await cookies()).get(cookieName("session"))?.value);
  const session = sessionId === null ? null : await findLiveSession(sessionId);
  if (session === null) return { viewer: null, closed: null };
  const closed = closedTo(session.access, await currentAddress());
  if (closed === "console") return { viewer: null, closed };
  if (session.isDueForTouch) await touchSession(session.sessionId);
  return { viewer: checkedViewer(session), closed };
});

/** Who is asking; `null` when nobody is signed in, or the console is closed to where they are. */
export async function currentViewer(): Promise<Viewer | null> {
  return (await currentAsker()).viewer;
}

/** The signed-in person if the role holds a right and the address may use it. Every door asks here. */
export async function viewerWith(
  permission?: Permission,
): Promise<{ ok: true; viewer: Viewer } | { ok: false; hindrance: Hindrance }> {
  const { viewer, closed } = await currentAsker();
  if (viewer === null) return { ok: false, hindrance: closed ?? "signed-out" };
  if (permission === undefined) return { ok: true, viewer };
  if (!roleMay(viewer.role, permission)) return { ok: false, hindrance: "role" };
  return closed !== null && isSettingsRight(permission) ? { ok: false, hindrance: closed } : { ok: true, viewer };
}

/** Where this request came from; see `clientAddress`. */
export async function currentAddress(): Promise<string | null> {
  return clientAddress(await headers(), settings().trustedProxyHops);
}

/** The only place that makes a viewer: the brand says that the row above was read for this very request. */
function checkedViewer({ isDueForTouch: _, access: __, ...session }: LiveSession): Viewer {
  return session as Viewer;
}
