import { randomBytes, timingSafeEqual } from "node:crypto";
import http from "node:http";
import { peerHeader } from "./client-address";

const isDone = Symbol.for("countersign.peer-addresses");

/**
 * Makes every http server of this process write the other end of a connection into a header of its requests, over
 * whatever the client sent under that name. The framework hands us headers only, and fills `X-Forwarded-For` with that
 * address just when the client left it empty, so what arrives there may be the client's invention.
 *
 * The framework also asks itself, to draw the page that an action leads to, and takes the headers of the first request
 * along. A mark that only this process knows says that the address in them was written here.
 */
export function notePeerAddresses(): void {
  const prototype: typeof http.Server.prototype & { [isDone]?: true } = http.Server.prototype;
  if (prototype[isDone]) return;
  prototype[isDone] = true;
  const mark = randomBytes(32).toString("base64url");
  const emit = prototype.emit;
  prototype.emit = function noteAndEmit(this: http.Server, ...args: unknown[]): boolean {
    const request = args[1];
    if (request instanceof http.IncomingMessage && !isMarked(request.headers[peerHeader], mark)) {
      request.headers[peerHeader] = `${request.socket.remoteAddress ?? ""} ${mark}`;
    }
    return Reflect.apply(emit, this, args);
  };
}

function isMarked(value: string | string[] | undefined, mark: string): boolean {
  if (typeof value !== "string") return false;
  const given = Buffer.from(value.slice(value.indexOf(" ") + 1), "utf8");
  const wanted = Buffer.from(mark, "utf8");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
