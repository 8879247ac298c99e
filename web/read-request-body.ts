import type http from "node:http";
import { err, ok, type Result } from "@/lib/domain/result";
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
    const pieces: Buffer[] = [];
    let length = 0;
    const settle = (outcome: Result<Uint8Array, UnreadBody>) => {
      clearTimeout(clock);
      request.off("data", onPiece).off("end", onEnd).off("error", onLoss).off("close", onLoss);
      // Whoever breaks off later breaks off a request that is answered.
      request.on("error", () => {});
      resolve(outcome);
    };
    const onPiece = (piece: Buffer) => {
      length += piece.length;
      if (length > limitBytes) return settle(err("too-large"));
      pieces.push(piece);
    };
    const onEnd = () => {
      const [only] = pieces;
      settle(ok(only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces, length)));
    };
    const onLoss = () => settle(err("interrupted"));
    const clock = setTimeout(() => settle(err("too-slow")), patienceMs);
    request.on("data", onPiece).on("end", onEnd).on("error", onLoss).on("close", onLoss);
  });
}
