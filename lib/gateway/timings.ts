import type { Socket } from "node:net";
import { timesOf } from "./connections";

/** How long each step of a call took, in milliseconds; `null` for a step that was not taken or not come to. */
export type CallTimings = {
  /** Looking the name up. None for an address in numbers and for a connection that was kept from an earlier call. */
  readonly lookupMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  /** From the connection to the head of the answer. */
  readonly waitMs: number | null;
  readonly readMs: number | null;
};

/** Notes the steps of one call as they happen. */
export type Stopwatch = {
  /** The request has a connection; before that nothing of it can have left. */
  connected: (socket: Socket, isKept: boolean) => void;
  answered: () => void;
  isConnected: () => boolean;
  timings: () => CallTimings;
};

export function startStopwatch(): Stopwatch {
  let readyAt: number | null = null;
  let headAt: number | null = null;
  let opened: ReturnType<typeof timesOf> = null;
  return {
    connected(socket, isKept) {
      readyAt = performance.now();
      opened = isKept ? null : timesOf(socket);
    },
    answered() {
      headAt = performance.now();
    },
    isConnected: () => readyAt !== null,
    timings() {
      const endedAt = performance.now();
      return {
        lookupMs: between(opened?.begunAt, opened?.lookedUpAt),
        connectMs: between(opened?.lookedUpAt ?? opened?.begunAt, opened?.connectedAt),
        tlsMs: between(opened?.connectedAt, opened?.securedAt),
        waitMs: between(readyAt, headAt ?? endedAt),
        readMs: between(headAt, endedAt),
      };
    },
  };
}

function between(from: number | null | undefined, to: number | null | undefined): number | null {
  return typeof from === "number" && typeof to === "number" ? to - from : null;
}
