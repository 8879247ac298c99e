import http from "node:http";
import { peerHeader } from "./client-address";

const isDone = Symbol.for("countersign.peer-addresses");

/**
 * Makes every http server of this process write the other end of a connection into a header of its requests, over
 * whatever the client sent under that name. The framework hands us headers only, and fills `X-Forwarded-For` with that
 * address just when the client left it empty, so what arrives there may be the client's invention.
 */
export function notePeerAddresses(): void {
  const prototype: typeof http.Server.prototype & { [isDone]?: true } = http.Server.prototype;
  if (prototype[isDone]) return;
  prototype[isDone] = true;
  const emit = prototype.emit;
  prototype.emit = function noteAndEmit(this: http.Server, ...args: unknown[]): boolean {
    const request = args[1];
    if (request instanceof http.IncomingMessage) request.headers[peerHeader] = request.socket.remoteAddress ?? "";
    return Reflect.apply(emit, this, args);
  };
}
