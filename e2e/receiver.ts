import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";

export type Received = { id: string; timestamp: string; signatures: string; body: string };
type Event = { type: string; timestamp: string; data: Record<string, unknown> };

/** A shop on this machine that hears of events, and answers as it is told. */
export class Receiver {
  /** What came, in the order in which it came. */
  readonly received: Received[] = [];
  private answer = 200;

  private constructor(private readonly server: http.Server) {
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const header = (name: string) => String(request.headers[name] ?? "");
        this.received.push({
          id: header("webhook-id"),
          timestamp: header("webhook-timestamp"),
          signatures: header("webhook-signature"),
          body: Buffer.concat(chunks).toString("utf8"),
        });
        response.writeHead(this.answer).end();
      });
    });
  }

  static async open(): Promise<Receiver> {
    const server = http.createServer({ keepAliveTimeout: 65_000 });
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/events`;
  }

  answerWith(status: number): void {
    this.answer = status;
  }

  /** Waits for the first event that fits. */
  async heard(fits: (event: Event) => boolean): Promise<Received> {
    const find = () => this.received.find(({ body }) => fits(eventIn(body)));
    await expect.poll(find, { message: "an event at the receiver" }).toBeTruthy();
    const found = find();
    if (!found) throw new Error("what was heard is gone");
    return found;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function eventIn(body: string): Event {
  return JSON.parse(body);
}

/**
 * Whether one of the signatures was made with the key, written for the journeys alone as receivers write it.
 *
 * @param key  as the console shows it: `whsec_` and base64
 *
 * Source: Standard Webhooks specification 1.0.0, "Verifying webhook authenticity".
 */
export function isSignedBy({ id, timestamp, signatures, body }: Received, key: string): boolean {
  const hash = createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64"));
  const expected = hash.update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(" ").some((each) => {
    const [version, signature = ""] = each.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
