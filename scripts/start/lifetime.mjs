// @ts-check

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
  const parent = process.ppid;
  if (process.env["npm_lifecycle_event"]) setInterval(() => process.ppid !== parent && stop(), 500).unref();
  const requested = /** @type {Promise<"stop">} */ (
    new Promise((resolve) => controller.signal.addEventListener("abort", () => resolve("stop")))
  );
  return { signal: controller.signal, requested };
}
