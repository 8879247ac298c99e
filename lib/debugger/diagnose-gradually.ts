import { type Case, type Diagnosis, diagnosing } from "./diagnose";

/** How long it works before everything else of the process or the page has its turn. */
const sliceMs = 20;

/**
 * The same as `diagnose`, without holding up a page or a server: it pauses every few milliseconds.
 *
 * @throws what `diagnose` throws, and the reason of the signal when it was told to stop
 */
export async function diagnoseGradually(given: Case, signal?: AbortSignal): Promise<Diagnosis> {
  const steps = diagnosing(given);
  let sliceEnd = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    await pause();
    signal?.throwIfAborted();
    sliceEnd = performance.now() + sliceMs;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
