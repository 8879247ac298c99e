export const dynamic = "force-dynamic";

/** Says that the process lives, whatever its database does. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
