import { type NextRequest, NextResponse } from "next/server";
import { pathHeader, signInAddress } from "@/lib/auth/return-path";

/**
 * A convenience, never the lock: whoever has no session cookie is sent to sign in before a page is drawn, and pages learn
 * their own path, so that a signing-in leads back to it. Every page, route and action checks its viewer by itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const path = `${request.nextUrl.pathname}${request.nextUrl.search}`;
  const hasCookie = request.cookies.getAll().some(({ name }) => name.endsWith("countersign.session"));
  if (!hasCookie && request.method === "GET") return redirectTo(new URL(signInAddress(path), request.url));
  const headers = new Headers(request.headers);
  headers.set(pathHeader, path);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/test/:path*", "/production/:path*"] };

// The framework wants a whole address here, and shortens one of the same host again, so it stays on whatever host the
// browser used.
function redirectTo(address: URL): NextResponse {
  return new NextResponse(null, { status: 307, headers: { location: address.href } });
}
