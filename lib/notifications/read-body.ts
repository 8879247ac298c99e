import { err, ok, type Result } from "@/lib/domain/result";
import { collectBody } from "./collect-body";

/** Why a body was not taken. `interrupted`: the sender went away in the middle of it. */
export type BodyProblem =
  | { kind: "too-large" }
  | { kind: "too-slow" }
  | { kind: "busy" }
  | { kind: "interrupted"; cause: unknown };

/**
 * Reads a request's body as it arrives, and stops reading at the first byte too many or when time is up: neither the
 * server's memory nor its patience may depend on what a stranger sends.
 *
 * @param timeUp  ends the reading, however slowly the bytes drip in
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  { limitBytes, timeUp }: { limitBytes: number; timeUp: AbortSignal },
): Promise<Result<Uint8Array, BodyProblem>> {
  if (!body) return ok(new Uint8Array());
  const reader = body.getReader();
  const stop = () => giveUp(reader);
  const isTimeUp = new Promise<"time-up">((resolve) => {
    if (timeUp.aborted) resolve("time-up");
    timeUp.addEventListener("abort", () => resolve("time-up"), { once: true });
  });
  const collected = collectBody(limitBytes);
  try {
    for (;;) {
      const next = await Promise.race([isTimeUp, reader.read()]);
      if (next === "time-up") {
        stop();
        return err({ kind: "too-slow" });
      }
      if (next.done) return ok(collected.bytes());
      const added = collected.add(next.value);
      if (added !== "ok") {
        stop();
        return err({ kind: added === "busy" ? "busy" : "too-large" });
      }
    }
  } catch (cause) {
    return err({ kind: "interrupted", cause });
  } finally {
    collected.close();
  }
}

/** Tells the sender's side that nobody reads any more. That it may already be gone changes nothing. */
function giveUp(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.cancel().catch(() => undefined);
}
