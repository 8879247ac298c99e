import { createHash, timingSafeEqual } from "node:crypto";
import { readMetrics } from "@/db/queries/metrics";
import { settings } from "@/lib/config/settings";

export const dynamic = "force-dynamic";

/** Figures for a monitor, in Prometheus' text form, for the bearer of `METRICS_TOKEN`. Without the setting it is not there. */
export async function GET(request: Request): Promise<Response> {
  const token = settings().metricsToken;
  if (!token) return new Response("not found", { status: 404 });
  if (!isSame(request.headers.get("authorization") ?? "", `Bearer ${token.reveal()}`)) {
    return new Response("The token is missing or wrong.", { status: 401, headers: { "www-authenticate": "Bearer" } });
  }
  const metrics = await readMetrics();
  const lines = [
    gauge("countersign_payments_open", "Payments whose end is not known", metrics.openPayments),
    gauge("countersign_payments_unclear", "Payments sent without a usable answer", metrics.unclearPayments),
    gauge("countersign_payments_attention", "Payments that a person should look at", metrics.loudPayments),
    gauge("countersign_refunds_open", "Refunds under way", metrics.openRefunds),
    gauge("countersign_refunds_unclear", "Refunds whose outcome is not known", metrics.unclearRefunds),
    gauge("countersign_refunds_attention", "Refunds that a person should look at", metrics.loudRefunds),
    gauge("countersign_oldest_due_seconds", "How late the worker's next question is", metrics.oldestDueSeconds),
  ];
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
  return new Response(lines.join(""), { headers });
}

function gauge(name: string, help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`;
}

function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
