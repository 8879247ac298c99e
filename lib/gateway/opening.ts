import { type AsyncLocalStorage, createHook } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";

/**
 * The opening of one connection: when it came to each of its steps, by `performance.now()`, `null` for a step that it
 * did not come to.
 */
export type Opening = {
  readonly begunAt: number;
  readonly isEncrypted: boolean;
  /** From asking for the address of the name to having it; both stay `null` where the address is a number. */
  namingAt: number | null;
  namedAt: number | null;
  /** From the first packet to the last address that answered. */
  dialledAt: number | null;
  reachedAt: number | null;
  /** Requests can be written to it: with TLS, the certificate was accepted. */
  readyAt: number | null;
};

type Opener = { opening: Opening | null };

/**
 * Watches the connections that the platform opens for whoever is in `current`. It only looks on: names, connections and
 * encryption stay the platform's, and so do their limits of time and their failures.
 *
 * @returns what is known about how a socket was opened
 */
export function watchOpenings(current: AsyncLocalStorage<Opener>): (socket: object) => Opening | undefined {
  const ofSocket = new WeakMap<object, Opening>();
  const awaited = new Map<number, (at: number) => void>();
  let open = 0;

  // The platform's client announces a connection only as a whole; what it consists of are operations of the system.
  const operations = createHook({
    init(id, type) {
      if (type !== "GETADDRINFOREQWRAP" && type !== "TCPCONNECTWRAP") return;
      const opening = current.getStore()?.opening;
      if (!opening || opening.readyAt !== null) return;
      if (type === "GETADDRINFOREQWRAP") {
        opening.namingAt ??= performance.now();
        awaited.set(id, (at) => {
          opening.namedAt = at;
        });
      } else {
        opening.dialledAt ??= performance.now();
        // The next of several addresses.
        opening.reachedAt = null;
        awaited.set(id, (at) => {
          opening.reachedAt = at;
        });
      }
    },
    before(id) {
      awaited.get(id)?.(performance.now());
      awaited.delete(id);
    },
  });

  subscribe("undici:client:beforeConnect", (message) => {
    const opener = current.getStore();
    if (!opener) return;
    opener.opening = { ...unopened, begunAt: performance.now(), isEncrypted: isEncrypted(message) };
    // It costs every promise of the process a little, so it runs only while there is something to see.
    if (open++ === 0) operations.enable();
  });
  const ended = (note: (opening: Opening) => void) => {
    const opening = current.getStore()?.opening;
    if (!opening) return;
    note(opening);
    if (--open > 0) return;
    operations.disable();
    awaited.clear();
  };
  subscribe("undici:client:connected", (message) => {
    ended((opening) => {
      opening.readyAt = performance.now();
      const socket = memberOf(message, "socket");
      if (socket) ofSocket.set(socket, opening);
    });
  });
  subscribe("undici:client:connectError", (message) => {
    ended((opening) => {
      // The system's answer came, and was a no.
      if (isRefusal(memberOf(message, "error"))) opening.reachedAt = null;
    });
  });
  return (socket) => ofSocket.get(socket);
}

const unopened = { namingAt: null, namedAt: null, dialledAt: null, reachedAt: null, readyAt: null };

function isEncrypted(message: unknown): boolean {
  const params = memberOf(message, "connectParams");
  return params !== null && "protocol" in params && params.protocol === "https:";
}

// A host with several addresses fails with one error for each of them.
function isRefusal(error: object | null): boolean {
  if (error instanceof AggregateError) return true;
  return error !== null && "syscall" in error && error.syscall === "connect";
}

/** An object inside of what the platform tells. */
export function memberOf(message: unknown, name: string): object | null {
  if (typeof message !== "object" || message === null) return null;
  const member: unknown = Reflect.get(message, name);
  return typeof member === "object" ? member : null;
}
