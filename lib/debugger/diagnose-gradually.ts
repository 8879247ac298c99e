import { type Case, type Diagnosis, diagnosing } from "./diagnose";
import { gradually } from "./effort";

/**
 * The same as `diagnose`, without holding up a page or a server: it pauses every few milliseconds.
 *
 * @throws what `diagnose` throws, and the reason of the signal when it was told to stop
 */
export function diagnoseGradually(given: Case, signal?: AbortSignal): Promise<Diagnosis> {
  return gradually(diagnosing(given), signal);
}
