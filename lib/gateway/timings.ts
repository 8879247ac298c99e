import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";

/** How long each step of a call took, in milliseconds; `null` for a step that it did not come to. */
export type CallTimings = {
  /** Until the request had its connection: name, connection and TLS, or the moment that taking up a kept one needs. */
  readonly connectMs: number | null;
  /** From then to the head of the answer. */
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

type Marks = { sentAt: number | null };

const current = new AsyncLocalStorage<Marks>();
const marksOf = new WeakMap<object, Marks>();

// The platform's client says when it makes a request and when it writes it to a connection.
subscribe("undici:request:create", (message) => {
  const marks = current.getStore();
  const request = requestIn(message);
  if (marks && request) marksOf.set(request, marks);
});
subscribe("undici:client:sendHeaders", (message) => {
  const request = requestIn(message);
  const marks = request && marksOf.get(request);
  if (marks) marks.sentAt ??= performance.now();
});

function requestIn(message: unknown): object | null {
  if (typeof message !== "object" || message === null || !("request" in message)) return null;
  return typeof message.request === "object" ? message.request : null;
}

export function startStopwatch(): Stopwatch {
  const begunAt = performance.now();
  const marks: Marks = { sentAt: null };
  let headAt: number | null = null;
  return {
    during: (send) => current.run(marks, send),
    answered() {
      headAt = performance.now();
    },
    timings() {
      const endedAt = performance.now();
      const { sentAt } = marks;
      return {
        connectMs: sentAt === null ? null : sentAt - begunAt,
        waitMs: sentAt === null ? null : (headAt ?? endedAt) - sentAt,
        readMs: headAt === null ? null : endedAt - headAt,
      };
    },
  };
}
