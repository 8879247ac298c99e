import pino, { type DestinationStream, type Logger } from "pino";
import { inOnePrintableLine } from "./printable-line";
import { withoutSecrets } from "./without-secrets";

type Log = Logger;

/**
 * Writes one line of JSON per event: `log.warn({ paymentId, error }, "the gateway did not answer")`. Known secrets are
 * hidden at any depth, errors lose the parameters of their query, and whatever a text from outside contains, its event is
 * one line without control characters.
 */
export const log: Log = createLog();

/** A log that writes somewhere else. */
export function createLog(destination: DestinationStream = pino.destination({ dest: 1, sync: true })): Log {
  const options = {
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (entry: Record<string, unknown>) => withoutSecrets(entry),
    },
    // A bare error as the first argument arrives under `err`, already readable by the formatter above.
    serializers: { err: (error: unknown) => error },
  };
  return pino(options, { write: (line) => destination.write(inOnePrintableLine(line)) });
}
