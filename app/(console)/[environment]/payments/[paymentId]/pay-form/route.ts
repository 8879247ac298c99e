import { payFormOf } from "@/db/queries/payment-credentials";
import { scopeForRoute } from "@/lib/auth/viewer-for-route";
import { PaymentId } from "@/lib/domain/ids";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ environment: string; paymentId: string }> };

// The sandbox gives the document an origin of its own: it can neither read this console nor speak to it as the person
// who opened it. It may run its script, send its form and leave for the channel's page, and nothing else.
const policy = [
  "sandbox allow-forms allow-scripts allow-top-navigation",
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src https: data:",
  "form-action https: http:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The form that the gateway handed out, in a window of its own and cut off from the console. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { environment, paymentId } = await params;
  const asked = await scopeForRoute(request, environment, "payments:read");
  if (!asked.ok) return asked.response;
  const id = PaymentId.safeParse(paymentId);
  const form = id.success ? await payFormOf(asked.scope, id.data) : null;
  if (form === null) return new Response("This payment has no form.", { status: 404, headers: plain });
  return new Response(form, {
    headers: {
      ...plain,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}

const plain = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
