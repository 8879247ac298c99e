import http from "node:http";
import type { Socket } from "node:net";

/** What the gateway heard: the answer's own words, or why there was none. */
export type Heard = {
  status: number;
  body: string;
  tookMs: number;
  /** The answer said that its connection ends. */
  isLast: boolean;
  /** It was not the first request of its connection. */
  isReused: boolean;
  failure: string | null;
  /** Of a request without an answer: what this side knows of its connection. */
  trace: Trace | null;
};

/**
 * Times are the machine's own. `sentAtUs`: its last byte was handed over, or null. `bytesBefore`: of earlier requests.
 * `unusedUs`: since the connection's last answer, or null on a new one.
 */
export type Trace = {
  localPort: number;
  beganAtUs: number;
  sentAtUs: number | null;
  endedAtUs: number;
  bytesBefore: number;
  unusedUs: number | null;
};

/** Sends messages over connections that stay open, as a busy gateway would. */
export type Sender = {
  tell(port: number, path: string, body: string): Promise<Heard>;
  close(): void;
};

/** The gateway waits so long for its answer (gateway-protocol 6.4). */
const patienceMs = 20_000;

export function openSender(connections: number): Sender {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const answeredAtUs = new WeakMap<Socket, number>();
  return {
    tell: (port, path, body) =>
      new Promise((resolve) => {
        const began = performance.now();
        const trace: Trace = {
          ...{ localPort: 0, bytesBefore: 0, unusedUs: null },
          ...{ beganAtUs: nowUs(), sentAtUs: null, endedAtUs: 0 },
        };
        const none = (failure: string) => {
          trace.endedAtUs = nowUs();
          resolve({
            ...{ status: 0, body: "", tookMs: performance.now() - began, isLast: true },
            ...{ isReused: request.reusedSocket, failure, trace },
          });
        };
        const headers = {
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(body),
        };
        const options = { port, path, headers, agent, host: "127.0.0.1", method: "POST", timeout: patienceMs };
        const request = http.request(options, (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (piece: string) => {
            text += piece;
          });
          const { socket } = response;
          response.on("end", () => {
            answeredAtUs.set(socket, nowUs());
            resolve({
              status: response.statusCode ?? 0,
              body: text,
              tookMs: performance.now() - began,
              isLast: response.headers.connection === "close",
              isReused: request.reusedSocket,
              failure: null,
              trace: null,
            });
          });
          response.on("error", (error: NodeJS.ErrnoException) => none(error.code ?? error.message));
        });
        request.on("socket", (socket) => {
          trace.bytesBefore = socket.bytesWritten;
          const answeredAt = answeredAtUs.get(socket);
          trace.unusedUs = answeredAt === undefined ? null : trace.beganAtUs - answeredAt;
          const know = () => {
            trace.localPort = socket.localPort ?? 0;
          };
          if (socket.connecting) socket.once("connect", know);
          else know();
        });
        request.on("finish", () => {
          trace.sentAtUs = nowUs();
        });
        request.on("error", (error: NodeJS.ErrnoException) => none(error.code ?? error.message));
        request.on("timeout", () => request.destroy(new Error("no answer in 20 s")));
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Of the machine, so that a time of another process can be compared with it. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
