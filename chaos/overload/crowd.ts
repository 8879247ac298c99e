import net from "node:net";
import { paidMessage, pathOf } from "../processes/messages";
import type { Shop } from "../shop/shop";

/** One answer: its status, what it said, and how long it took. */
export type Answer = { status: number; said: string; tookMs: number };

/**
 * Many connections that stay open, and messages for them. What is refused is sent again later, as the gateway would. A
 * client of a library would need more of the machine than the product, so the requests are written by hand.
 */
export type Crowd = {
  /** Order number and body of every message that was answered `success`. */
  acknowledged: ReadonlyMap<string, string>;
  /** Everybody sends again when he is answered, after he has thought for so long. */
  insist(connections: number, thinkMs: number, seconds: number): Promise<Answers>;
  /** Messages come at this rate, whatever becomes of those before. At most so many wait for their answer at once. */
  pour(perSecond: number, connections: number, seconds: number): Promise<Answers>;
  close(): void;
};

export type Answers = {
  answers: Answer[];
  /** Connections that ended without an answer. */
  failures: number;
  /** Messages whose time had come when every connection waited for an answer. */
  unsent: number;
  seconds: number;
};

type Message = { orderNo: string; body: string; bytes: Buffer };
type Line = { socket: net.Socket; message: Message | null; sentAt: number; text: string };

const amount = 1_000;
const tickMs = 5;

export async function openCrowd(shop: Shop, { port, label }: { port: number; label: string }): Promise<Crowd> {
  const path = pathOf(shop);
  const acknowledged = new Map<string, string>();
  const refused: Message[] = [];
  const lines: Line[] = [];
  let made = 0;
  let seen: Answers = { answers: [], failures: 0, unsent: 0, seconds: 0 };
  let whenIdle: (line: Line) => void = () => {};
  let isClosed = false;

  const nextMessage = (): Message => {
    const again = refused.shift();
    if (again) return again;
    const orderNo = `${label}-${made++}`;
    const body = paidMessage(shop, orderNo, amount);
    const head = `POST ${path} HTTP/1.1\r\nHost: console.example\r\nContent-Type: application/x-www-form-urlencoded`;
    return {
      orderNo,
      body,
      bytes: Buffer.from(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
    };
  };

  const send = (line: Line) => {
    line.message = nextMessage();
    line.sentAt = performance.now();
    line.socket.write(line.message.bytes);
  };

  const hear = (line: Line, piece: string) => {
    line.text += piece;
    const answer = whole(line.text);
    if (answer === null || line.message === null) return;
    const { message, sentAt } = line;
    Object.assign(line, { message: null, text: "" });
    seen.answers.push({ ...answer, tookMs: performance.now() - sentAt });
    if (answer.status === 200 && answer.said === "success") acknowledged.set(message.orderNo, message.body);
    else refused.push(message);
    whenIdle(line);
  };

  const connect = (): Promise<Line> =>
    new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: "127.0.0.1", noDelay: true });
      const line: Line = { socket, message: null, sentAt: 0, text: "" };
      socket.setEncoding("latin1").on("data", (piece: string) => hear(line, piece));
      socket.once("connect", () => resolve(line));
      socket.on("error", reject);
      socket.on("close", () => {
        lines.splice(lines.indexOf(line), 1);
        // One that was not used for a while may be closed.
        if (isClosed || line.message === null) return;
        seen.failures += 1;
        refused.push(line.message);
      });
    });

  const enough = async (count: number) => {
    // A few at a time: how many may knock at once is not what this is about.
    while (lines.length < count) lines.push(...(await Promise.all(Array.from({ length: 50 }, connect))));
  };

  const during = async (seconds: number, begin: () => () => void): Promise<Answers> => {
    seen = { answers: [], failures: 0, unsent: 0, seconds };
    const stop = begin();
    await pause(seconds * 1_000);
    stop();
    whenIdle = () => {};
    const own = seen;
    const latest = performance.now() + patienceMs;
    while (lines.some(({ message }) => message !== null) && performance.now() < latest) await pause(10);
    own.failures += lines.filter(({ message }) => message !== null).length;
    return own;
  };

  return {
    acknowledged,
    async insist(connections, thinkMs, seconds) {
      await enough(connections);
      return during(seconds, () => {
        let isOver = false;
        const sendUnlessOver = (line: Line) => {
          if (!isOver && !line.socket.destroyed) send(line);
        };
        whenIdle = thinkMs === 0 ? send : (line) => void setTimeout(sendUnlessOver, thinkMs, line);
        // Not all in the same moment.
        for (const line of lines.slice(0, connections)) setTimeout(sendUnlessOver, Math.random() * thinkMs, line);
        return () => {
          isOver = true;
        };
      });
    },
    async pour(perSecond, connections, seconds) {
      await enough(connections);
      return during(seconds, () => {
        const idle = lines.slice(0, connections);
        whenIdle = (line) => void idle.push(line);
        const began = performance.now();
        let begun = 0;
        const clock = setInterval(() => {
          const due = ((performance.now() - began) / 1_000) * perSecond;
          for (; begun < due; begun += 1) {
            const line = nextOpen(idle);
            if (line) send(line);
            else seen.unsent += 1;
          }
        }, tickMs);
        return () => clearInterval(clock);
      });
    },
    close() {
      isClosed = true;
      for (const { socket } of lines) socket.destroy();
    },
  };
}

function nextOpen(idle: Line[]): Line | undefined {
  for (let line = idle.shift(); line; line = idle.shift()) if (!line.socket.destroyed) return line;
  return undefined;
}

/** The gateway waits so long for its answer (gateway-protocol 6.4). */
const patienceMs = 20_000;

function whole(text: string): { status: number; said: string } | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
  const said = text.slice(end + 4);
  return said.length < length ? null : { status: Number(text.slice(9, 12)), said };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
