import { type AgentOptions, type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";

/** When the steps towards a connection were done, on the clock of `performance`. `null` for one that was not taken. */
export type ConnectionTimes = {
  readonly begunAt: number;
  readonly lookedUpAt: number | null;
  readonly connectedAt: number | null;
  readonly securedAt: number | null;
};

/** What a connection may take, its handshake included. */
const connectionLimitMs = 10_000;

const times = new WeakMap<Socket, ConnectionTimes>();

export function timesOf(socket: Socket): ConnectionTimes | null {
  return times.get(socket) ?? null;
}

const kept: AgentOptions = { keepAlive: true, scheduling: "lifo", timeout: 4_000 };

/**
 * Connections that are handed to a request only when they stand: the certificate was accepted and the handshake is
 * over. So a request that never got one has sent nothing, whatever the error is called. They are kept for a few seconds.
 */
export const connections = {
  "http:": standing(new HttpAgent(kept), "connect"),
  "https:": standing(new HttpsAgent(kept), "secureConnect"),
} as const;

type Connecting = (
  options: ClientRequestArgs,
  given: (error: Error | null, socket?: Socket) => void,
) => Socket | undefined;

function standing<Agent extends HttpAgent>(agent: Agent, readyEvent: "connect" | "secureConnect"): Agent {
  // The platform lets an agent hand over its connection later; its types do not say so.
  const open = agent as unknown as { createConnection: Connecting };
  const connect = open.createConnection.bind(agent);
  open.createConnection = (options, given) => {
    const begunAt = performance.now();
    const socket = connect(options, () => undefined);
    if (!socket) throw new Error("the platform's agent gives its connection at once");
    const at = { begunAt, lookedUpAt: null as number | null, connectedAt: null as number | null };
    socket.once("lookup", () => {
      at.lookedUpAt = performance.now();
    });
    socket.once("connect", () => {
      at.connectedAt = performance.now();
    });
    const late = Object.assign(new Error("no connection in time"), { code: "CONNECTION_TIMEOUT" });
    const timer = setTimeout(() => socket.destroy(late), connectionLimitMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      given(error);
    };
    socket.once("error", fail);
    socket.once(readyEvent, () => {
      clearTimeout(timer);
      socket.off("error", fail);
      times.set(socket, { ...at, securedAt: readyEvent === "secureConnect" ? performance.now() : null });
      given(null, socket);
    });
    return undefined;
  };
  return agent;
}
