import { cookies } from "next/headers";
import { currentAddress } from "@/lib/auth/current-viewer";
import { cookieName, cookieOptions } from "@/lib/auth/session-cookie";
import { viewerForRoute } from "@/lib/auth/viewer-for-route";
import { endOwnSession } from "@/lib/people/own-account";

/** Ends the session of this browser. A plain form reaches it, so that it works without JavaScript too. */
export async function POST(request: Request): Promise<Response> {
  const asked = await viewerForRoute(request, "self:sign-out");
  if (!asked.ok && asked.response.status !== 401) return asked.response;
  if (asked.ok) await endOwnSession(asked.viewer, { sessionId: asked.viewer.sessionId }, await currentAddress());
  (await cookies()).set(cookieName("session"), "", { ...cookieOptions(), maxAge: 0 });
  return new Response(null, { status: 303, headers: { location: "/sign-in", "cache-control": "no-store" } });
}
