import type http from "node:http";
import { err, ok, type Result } from "@/lib/domain/result";
import { collectBody } from "@/lib/notifications/collect-body";
import type { UnreadBody } from "@/lib/notifications/take-notification";

/**
 * Reads a request's body as it arrives, and stops at the first byte too many or when time is up. What `readBody` does for
 * a route of the framework, by Node's own events: a stream of the other kind costs more than all of it.
 */
export function readRequestBody(
  request: http.IncomingMessage,
  { limitBytes, patienceMs }: { limitBytes: number; patienceMs: number },
): Promise<Result<Uint8Array, UnreadBody>> {
  return new Promise((resolve) => {
    const body = collectBody(limitBytes);
    const settle = (outcome: Result<Uint8Array, UnreadBody>) => {
      clearTimeout(clock);
      body.close();
      request.off("data", onPiece).off("end", onEnd).off("error", onLoss).off("close", onLoss);
      // What still comes of a body that is refused must not be kept for somebody who might read it later.
      if (!outcome.ok) request.on("data", ignore);
      // Whoever breaks off later breaks off a request that is answered.
      request.on("error", ignore);
      resolve(outcome);
    };
    const onPiece = (piece: Buffer) => {
      const added = body.add(piece);
      if (added === "ok") return;
      if (added !== "too-fine") return settle(err(added));
      // Even an answer would be one more turn of reading what is not worth it.
      request.destroy();
      settle(err("interrupted"));
    };
    const onEnd = () => settle(ok(body.bytes()));
    const onLoss = () => settle(err("interrupted"));
    const clock = setTimeout(() => settle(err("too-slow")), patienceMs);
    request.on("data", onPiece).on("end", onEnd).on("error", onLoss).on("close", onLoss);
  });
}

function ignore(): void {}
