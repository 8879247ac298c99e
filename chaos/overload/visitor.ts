import http from "node:http";
import { encode } from "next-auth/jwt";
import { db } from "@/db/client";
import { openSession } from "@/db/commands/sessions";
import type { Shop } from "../shop/shop";

/** A person who looks at one page after the other. */
export type Visitor = {
  /** Opens the list of messages again and again, with a breath between, until the promise is there. */
  lookWhile<Outcome>(work: Promise<Outcome>): Promise<{ outcome: Outcome; tookMs: number[]; odd: string[] }>;
  close(): void;
};

const breathMs = 100;
const patienceMs = 30_000;
const page = "/test/notifications";

/** Somebody who has signed in: the cookie is what the product would have written. */
export async function openVisitor(shop: Shop, port: number): Promise<Visitor> {
  const { viewer } = await shop.scopeOf("admin");
  const sessionId = await db().transaction((tx) =>
    openSession(tx, { personId: viewer.personId, address: null, userAgent: null }),
  );
  const token = await encode({ token: { sessionId }, secret: process.env["AUTH_SECRET"] ?? "", maxAge: 3_600 });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const cookie = `__Host-countersign.session=${token}`;
  const look = () => lookAt({ port, agent, path: page, headers: { cookie } });
  return {
    async lookWhile(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      const tookMs: number[] = [];
      const odd: string[] = [];
      const looking = (async () => {
        while (!isOver) {
          const began = performance.now();
          const seen = await look();
          tookMs.push(performance.now() - began);
          if (seen !== "200 with its rows") odd.push(seen);
          await new Promise((resolve) => setTimeout(resolve, breathMs));
        }
      })();
      const outcome = await over;
      await looking;
      return { outcome, tookMs, odd };
    },
    close: () => agent.destroy(),
  };
}

function lookAt(options: http.RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get({ ...options, host: "127.0.0.1", timeout: patienceMs }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve(`${response.statusCode}${text.includes("<table") ? " with its rows" : ""}`));
      response.on("error", (error) => resolve(error.message));
    });
    request.on("timeout", () => request.destroy(new Error("no page in 30 s")));
    request.on("error", (error) => resolve(error.message));
  });
}
