import { findLiveSession } from "@/db/queries/viewer";
import { currentAddress } from "@/lib/auth/current-viewer";
import { viewerForRoute } from "@/lib/auth/viewer-for-route";
import { closedTo } from "@/lib/domain/console-access";
import { roleMay } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";
import { subscribeToChanges } from "@/lib/live/subscribe";
import { log } from "@/lib/log/log";
import { concerns, readTopics, type Topic } from "./topics";

export const dynamic = "force-dynamic";

// Proxies commonly cut a connection that is silent for a minute.
const heartbeatMs = 15_000;
const recheckMs = 30_000;

/**
 * Tells an open page that something it shows has changed, and never what: the page asks again, so there is one way to
 * read, with one check of rights. `?topics=` is `test`, `production` or ids of payments, with commas between.
 */
export async function GET(request: Request): Promise<Response> {
  const asked = await viewerForRoute(request, "payments:read");
  if (!asked.ok) return asked.response;
  const topics = readTopics(new URL(request.url).searchParams.get("topics"));
  if (!topics) {
    return Response.json({ error: "bad-topics" }, { status: 400, headers: { "cache-control": "no-store" } });
  }
  const listener = { viewer: asked.viewer, address: await currentAddress() };
  return new Response(changesFor(topics, listener, request.signal), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Compressing or buffering would hold back what is meant to arrive now.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

type Listener = { viewer: Viewer; address: string | null };

function changesFor(topics: readonly Topic[], listener: Listener, gone: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The browser went away between two events.
          stop();
        }
      };
      const tell = () => send("event: change\ndata: {}\n\n");
      const unsubscribe = subscribeToChanges((change) => {
        if (concerns(topics, change)) tell();
      }, tell);
      const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
      const recheck = setInterval(async () => {
        if (!(await mayStillListen(listener))) end();
      }, recheckMs);
      const end = () => {
        stop();
        try {
          controller.close();
        } catch {
          // Already closed from the other side.
        }
      };
      stop = () => {
        unsubscribe();
        clearInterval(heartbeat);
        clearInterval(recheck);
        gone.removeEventListener("abort", end);
      };
      gone.addEventListener("abort", end);
      send("retry: 2000\n\n");
    },
    cancel: () => stop(),
  });
}

/** A session that was revoked, or whose person lost the right or the place, must not go on listening. */
async function mayStillListen({ viewer, address }: Listener): Promise<boolean> {
  try {
    const session = await findLiveSession(viewer.sessionId);
    if (session === null || !roleMay(session.role, "payments:read")) return false;
    return closedTo(session.access, address) !== "console";
  } catch (error) {
    log.warn({ error }, "a live connection ends because its session could not be checked");
    return false;
  }
}
