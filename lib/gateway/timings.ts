import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { memberOf, type Opening, watchOpenings } from "./opening";

/**
 * How long each step of a call took, in milliseconds. `null` for a step that it did not come to or did not need: a call
 * that waited without having connected took up a connection that an earlier one had left open. A step in which the call
 * ended lasts until then.
 */
export type CallTimings = {
  /** From the name to an address; `null` also where the address is a number. */
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  /** Until the certificate was accepted; `null` also where nothing is encrypted. */
  readonly tlsMs: number | null;
  /** From writing the request to the head of the answer. */
  readonly waitMs: number | null;
  readonly readMs: number | null;
};

/** Notes the steps of one call as they happen. */
export type Stopwatch = {
  /** Sends the request; what the platform tells about it in the meantime belongs to this call. */
  during: <T>(send: () => Promise<T>) => Promise<T>;
  answered: () => void;
  timings: () => CallTimings;
};

type Marks = {
  /** The newest one that this call caused, which another call may come to use. */
  opening: Opening | null;
  sent: { readonly at: number; readonly over: Opening | null } | null;
};

const current = new AsyncLocalStorage<Marks>();
const marksOf = new WeakMap<object, Marks>();
const openingOf = watchOpenings(current);

// The platform's client says when it makes a request and when it writes it to a connection.
subscribe("undici:request:create", (message) => {
  const marks = current.getStore();
  const request = memberOf(message, "request");
  if (marks && request) marksOf.set(request, marks);
});
subscribe("undici:client:sendHeaders", (message) => {
  const request = memberOf(message, "request");
  const marks = request && marksOf.get(request);
  if (!marks) return;
  const socket = memberOf(message, "socket");
  marks.sent ??= { at: performance.now(), over: (socket && openingOf(socket)) ?? null };
});

export function startStopwatch(): Stopwatch {
  const begunAt = performance.now();
  const marks: Marks = { opening: null, sent: null };
  let headAt: number | null = null;
  return {
    during: (send) => current.run(marks, send),
    answered() {
      headAt = performance.now();
    },
    timings() {
      const endedAt = performance.now();
      const { sent } = marks;
      const opening = sent ? sent.over : marks.opening;
      return {
        ...(opening ? openingSteps(opening, { begunAt, endedAt }) : unopened),
        waitMs: sent && (headAt ?? endedAt) - sent.at,
        readMs: headAt === null ? null : endedAt - headAt,
      };
    },
  };
}

type OpeningSteps = Pick<CallTimings, "dnsMs" | "connectMs" | "tlsMs">;

const unopened: OpeningSteps = { dnsMs: null, connectMs: null, tlsMs: null };

/** What a connection's opening took of the call that waited for it; an earlier call may have begun it. */
function openingSteps(opening: Opening, { begunAt, endedAt }: { begunAt: number; endedAt: number }): OpeningSteps {
  const { readyAt } = opening;
  if (readyAt !== null && readyAt <= begunAt) return unopened;
  const lasted = (from: number | null, to: number | null) =>
    from === null ? null : Math.max(0, (to ?? endedAt) - Math.max(from, begunAt));
  // A platform that does not tell its operations still tells the whole.
  const isUntold = readyAt !== null && opening.dialledAt === null;
  return {
    dnsMs: lasted(opening.namingAt, opening.namedAt),
    connectMs: isUntold ? lasted(opening.begunAt, readyAt) : lasted(opening.dialledAt, opening.reachedAt),
    tlsMs: opening.isEncrypted ? lasted(opening.reachedAt, readyAt) : null,
  };
}
