import { databaseReadiness } from "@/db/readiness";
import { log } from "@/lib/log/log";

export const dynamic = "force-dynamic";

/** Whether requests may be sent here. The reason is for the operator and names nothing of the database's address. */
export async function GET(): Promise<Response> {
  const readiness = await databaseReadiness();
  if (readiness.ok) return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  if (readiness.error.cause) log.warn({ error: readiness.error.cause }, readiness.error.reason);
  const answer = { status: "not-ready", reason: readiness.error.reason };
  return Response.json(answer, { status: 503, headers: { "cache-control": "no-store" } });
}
