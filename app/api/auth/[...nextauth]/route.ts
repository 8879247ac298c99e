import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions, type Deeds } from "@/lib/auth/auth-options";
import { clientAddress } from "@/lib/auth/client-address";
import { closedForStranger } from "@/lib/auth/closed-to-address";
import { proveOwnOrigin } from "@/lib/auth/own-origin";
import { settings } from "@/lib/config/settings";
import { log } from "@/lib/log/log";
import { readBody } from "@/lib/notifications/read-body";
import { signOut } from "@/lib/people/own-account";
import { signIn } from "@/lib/people/sign-in";

type Context = { params: Promise<{ nextauth: string[] }> };

const limitBytes = 16_384;
const patienceMs = 10_000;

/** The sign-in library's own addresses: its token against forgery, the password door, and the way out. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const proof = proveOwnOrigin(request.headers, settings().trustedProxyHops);
  // Without an origin the library's own token, which a foreign page cannot read, is the proof.
  if (!proof.ok && proof.error !== "no-origin") return refuse(403, "This did not come from the console itself.");
  const timeUp = AbortSignal.timeout(patienceMs);
  const body = await readBody(request.body, { limitBytes, timeUp });
  if (!body.ok) return refuse(body.error.kind === "too-large" ? 413 : 400, "The request could not be read.");
  const { url, method, headers } = request;
  return answer(new NextRequest(url, { method, headers, body: Buffer.from(body.value) }), context);
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const closed = await closedForStranger(request.headers);
  // In the form of the library's own refusals, which the page reads.
  if (closed !== null) return refuse(403, closed.title, { url: "/sign-in?error=closed-to-address" });
  try {
    return await NextAuth(request, context, authOptions(deeds));
  } catch (error) {
    log.warn({ error }, "a sign-in request could not be understood");
    return refuse(400, "The request could not be understood.");
  }
}

const deeds: Deeds = {
  signIn: ({ email, password }, headers) =>
    signIn({
      email,
      password,
      address: clientAddress(headers, settings().trustedProxyHops),
      userAgent: headers.get("user-agent"),
    }),
  signOut,
};

function refuse(status: number, message: string, more: { url?: string } = {}): Response {
  return Response.json({ ...more, message }, { status, headers: { "cache-control": "no-store" } });
}
