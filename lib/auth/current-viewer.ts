import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { touchSession } from "@/db/commands/sessions";
import { findLiveSession, type LiveSession } from "@/db/queries/viewer";
import { settings } from "@/lib/config/settings";
import type { Viewer } from "@/lib/domain/viewer";
import { clientAddress } from "./client-address";
import { cookieName, readSessionToken } from "./session-cookie";

/** Who is asking, read from the database once per request; `null` when nobody is signed in. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const sessionId = await readSessionToken((await cookies()).get(cookieName("session"))?.value);
  const session = sessionId === null ? null : await findLiveSession(sessionId);
  if (session === null) return null;
  if (session.isDueForTouch) await touchSession(session.sessionId);
  return checkedViewer(session);
});

/** Where this request came from; see `clientAddress`. */
export async function currentAddress(): Promise<string | null> {
  return clientAddress(await headers(), settings().trustedProxyHops);
}

/** The only place that makes a viewer: the brand says that the row above was read for this very request. */
function checkedViewer({ isDueForTouch: _, ...session }: LiveSession): Viewer {
  return session as Viewer;
}
