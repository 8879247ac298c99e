// @ts-check
import { subscribe } from "node:diagnostics_channel";
import fs from "node:fs";
import net from "node:net";

/**
 * Loaded before a web process: writes into a file when it stopped to listen, and how long it had each connection and
 * how much it had read of it. The product's own code is as it is.
 */
const file = fs.openSync(process.env["CHAOS_CONNECTIONS"] ?? "/dev/null", "a");

/** @param {object} line */
const note = (line) => fs.writeSync(file, `${JSON.stringify(line)}\n`);

/** Of the machine, so that the sender's clock is the same. */
const now = () => Number(process.hrtime.bigint() / 1_000n);

subscribe("net.server.socket", (message) => {
  const { socket } = /** @type {{ socket: net.Socket }} */ (message);
  const port = socket.remotePort;
  const fromUs = now();
  socket.once("close", () => note({ port, fromUs, toUs: now(), bytesRead: socket.bytesRead }));
});

const close = net.Server.prototype.close;
net.Server.prototype.close = function (...rest) {
  const wasListening = this.listening;
  const closedAtUs = now();
  const result = close.apply(this, rest);
  // Only afterwards: whoever comes meanwhile is reset.
  if (wasListening) note({ closedAtUs });
  return result;
};
