import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { findLiveSession } from "@/db/queries/viewer";
import { settings } from "@/lib/config/settings";
import { SessionId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { log } from "@/lib/log/log";
import { cookieName, cookieOptions, isHttps, sessionMaxAgeSeconds } from "./session-cookie";

/** What the library is a door to; use cases, so the route hands them in. */
export type Deeds = {
  signIn: (typed: { email: string; password: string }, headers: Headers) => Promise<Result<SessionId, Problem>>;
  signOut: (sessionId: SessionId) => Promise<void>;
};

/**
 * The sign-in library's settings: passwords only, and a cookie that carries nothing but the id of a session, which every
 * request looks up. Its own pages are never shown.
 */
export function authOptions(deeds: Deeds): NextAuthOptions {
  return {
    secret: settings().authSecret.reveal(),
    providers: [passwordProvider(deeds)],
    pages: {
      signIn: "/sign-in",
      signOut: "/sign-in",
      error: "/sign-in",
      verifyRequest: "/sign-in",
      newUser: "/sign-in",
    },
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    useSecureCookies: isHttps(),
    cookies: {
      sessionToken: { name: cookieName("session"), options: cookieOptions() },
      csrfToken: { name: cookieName("csrf"), options: cookieOptions() },
      callbackUrl: { name: cookieName("return"), options: cookieOptions() },
    },
    callbacks: {
      jwt: async ({ token, user }) => ({ sessionId: user ? user.id : await liveSessionIn(token) }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: ({ token }) => endSessionIn(token, deeds) },
    logger: {
      error: (code, metadata) => log.debug({ code, metadata }, "the sign-in library reports"),
      warn: () => {},
      debug: () => {},
    },
  };
}

function passwordProvider(deeds: Deeds) {
  return Credentials({
    name: "Password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(typed, request) {
      const { email, password } = typed ?? {};
      if (typeof email !== "string" || typeof password !== "string") return null;
      const opened = await deeds.signIn({ email, password }, new Headers(request.headers));
      if (opened.ok) return { id: opened.value };
      // The library passes the message of an error on to the page; anything else it calls wrong credentials.
      if (opened.error.kind === "too-many-attempts") throw new Error(opened.error.kind);
      return null;
    },
  });
}

/** Refuses a cookie whose session has ended; the library then takes the cookie away. */
async function liveSessionIn(token: Record<string, unknown>): Promise<SessionId> {
  const sessionId = SessionId.safeParse(token["sessionId"]);
  const session = sessionId.success ? await findLiveSession(sessionId.data) : null;
  if (session === null) throw new Error("this session has ended");
  return session.sessionId;
}

async function endSessionIn(token: Record<string, unknown> | undefined, deeds: Deeds): Promise<void> {
  const sessionId = SessionId.safeParse(token?.["sessionId"]);
  if (sessionId.success) await deeds.signOut(sessionId.data);
}
