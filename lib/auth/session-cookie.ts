import "server-only";
import { decode, encode } from "next-auth/jwt";
import { settings } from "@/lib/config/settings";
import { SessionId } from "@/lib/domain/ids";
import { sessionLifeHours } from "@/lib/domain/session-life";

export const sessionMaxAgeSeconds = sessionLifeHours * 3600;

/** Over https the name carries `__Host-`, so that no other host of the domain can plant a cookie of this name. */
export function cookieName(purpose: "session" | "csrf" | "return"): string {
  return `${isHttps() ? "__Host-" : ""}countersign.${purpose}`;
}

export function cookieOptions(): { httpOnly: true; sameSite: "lax"; path: "/"; secure: boolean } {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() };
}

/** The whole content of the cookie, encrypted: an id without meaning outside of the sessions table. */
export async function writeSessionToken(sessionId: SessionId): Promise<string> {
  return encode({ token: { sessionId }, secret: secret(), maxAge: sessionMaxAgeSeconds });
}

/** @returns `null` for anything that we did not write ourselves, or that is too old */
export async function readSessionToken(token: string | undefined): Promise<SessionId | null> {
  if (!token) return null;
  const content = await decode({ token, secret: secret() }).catch(() => null);
  const sessionId = SessionId.safeParse(content?.["sessionId"]);
  return sessionId.success ? sessionId.data : null;
}

export function isHttps(): boolean {
  return settings().publicUrl.startsWith("https:");
}

function secret(): string {
  return settings().authSecret.reveal();
}
