import { listAudit, readAuditFilter } from "@/db/queries/audit";
import { auditFile } from "@/lib/audit/audit-file";
import { scopeForRoute } from "@/lib/auth/viewer-for-route";
import { hongKongDate } from "@/lib/domain/list-address";
import type { Viewer } from "@/lib/domain/viewer";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ environment: string }> };

/** Every entry that fits the filters of the address, the newest first, as a file. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asked = await scopeForRoute(request, (await params).environment, "audit:read");
  if (!asked.ok) return asked.response;
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const pieces = auditFile(pagesOf(asked.scope.viewer, search));
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="audit-${hongKongDate(new Date())}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* pagesOf(viewer: Viewer, search: Record<string, string>) {
  const filter = readAuditFilter(search);
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(viewer, {
      filter,
      after,
      before: null,
      limit: 1_000,
    });
    yield page.rows;
    after = page.older;
    if (after === null) return;
  }
}
