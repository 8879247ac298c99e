// @ts-check
import fs from "node:fs";

/**
 * Aborts when this process is asked to stop: by a signal, or because the npm that started it is gone. Asking again
 * changes nothing, because npm passes on a Ctrl-C that the terminal has sent us already.
 *
 * @returns {{ signal: AbortSignal, requested: Promise<"stop"> }}
 */
export function stopRequest() {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("asked to stop"));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  const starters = whoStartedUs();
  if (process.env["npm_lifecycle_event"]) setInterval(() => whoStartedUs() !== starters && stop(), 500).unref();
  const requested = /** @type {Promise<"stop">} */ (
    new Promise((resolve) => controller.signal.addEventListener("abort", () => resolve("stop")))
  );
  return { signal: controller.signal, requested };
}

/** Our parent, and its parent where that can be read: npm may have put a shell between itself and us. */
function whoStartedUs() {
  try {
    const stat = fs.readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    // The name in brackets may hold spaces; behind it come the state and the parent.
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
