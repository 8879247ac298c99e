import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST, PUT } from "@/app/api/notify/[credentialId]/[kind]/route";
import { credentialSecrets } from "@/db/schema/credentials";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addShop } from "@/db/testing/shops";
import { notePeerAddresses } from "@/lib/auth/peer-address";
import { sealedValues } from "@/lib/credentials/add-credential";
import type { CredentialId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { answerNotification } from "./notify-door";

let database: TestDatabase;
let credentialId: CredentialId;

// Invented, like everything that looks like a key in a test.
const secret = "fedcba9876543210".repeat(8);
const appId = "60cc09bce4b0f1c0b83761c9";

beforeAll(async () => {
  database = await testDatabase();
  notePeerAddresses();
  const { merchantId, credentialId: id } = await addShop(database.db, "test", "doors");
  const place = { merchantId, credentialId: id, version: 1 };
  const sealed = sealedValues(new Secret(secret), place);
  await database.db.insert(credentialSecrets).values({ ...place, ...sealed, stage: "current" });
  credentialId = id;
});
afterAll(async () => database.close());

/** As the framework calls its route: a request of the web's kind, and an answer of that kind. */
function throughTheRoute(incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const init: RequestInit & { duplex: "half" } = {
    method: incoming.method ?? "GET",
    headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: hasBody ? (Readable.toWeb(incoming) as BodyInit) : null,
    duplex: "half",
  };
  const request = new Request(new URL(incoming.url ?? "/", "http://console.example"), init);
  const [, , , id = "", kind = ""] = new URL(request.url).pathname.split("/");
  const answered =
    request.method === "POST" ? POST(request, { params: Promise.resolve({ credentialId: id, kind }) }) : PUT();
  void Promise.resolve(answered).then(async (answer) => {
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
}

const doors = {
  "the door in front of the framework": (request: http.IncomingMessage, response: http.ServerResponse) => {
    if (!answerNotification(request, response)) response.writeHead(418).end("not the door's");
  },
  "the framework's route": throughTheRoute,
};

describe.each(Object.entries(doors))("%s", (name, door) => {
  let server: http.Server;
  let origin: string;
  let sent = 0;

  beforeAll(async () => {
    server = http.createServer(door);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const address = (kind = "payment", query = "") => `${origin}/api/notify/${credentialId}/${kind}${query}`;

  /** A message as the gateway signs it: sorted pieces, the secret at the end, MD5 (gateway-protocol 2.2). */
  function genuine(): { orderNo: string; body: string } {
    sent += 1;
    const orderNo = `${name === "the framework's route" ? "R" : "D"}-${sent}`;
    const text = `amount=1234&appId=${appId}&mchNo=M-doors&mchOrderNo=${orderNo}&reqTime=1767225655321&state=2&`;
    const sign = createHash("md5").update(`${text}key=${secret}`).digest("hex").toUpperCase();
    return { orderNo, body: `${text}sign=${sign}` };
  }

  const post = (body: BodyInit, { to = address(), headers = {} }: { to?: string; headers?: HeadersInit } = {}) =>
    fetch(to, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      duplex: "half",
    } as RequestInit);

  const rowOf = async (orderNo: string) => {
    const [row] = await database.sql`
      select deliveries, verdict, source_address, query, content_type, headers, own_names, body
      from notifications left join notification_bodies using (merchant_id, id) where order_no = ${orderNo}`;
    return row;
  };

  test("answers a genuine message with exactly success once it is stored, the second time too", async () => {
    const { orderNo, body } = genuine();
    for (let delivery = 1; delivery <= 2; delivery += 1) {
      const answer = await post(body);
      expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
        200,
        "text/plain",
        "success",
      ]);
      expect(await rowOf(orderNo)).toMatchObject({ deliveries: delivery, verdict: "unknown-order" });
    }
  });

  test("keeps the message as it came, and what its address brought along apart", async () => {
    const { orderNo, body } = genuine();
    await post(body, {
      to: address("payment", "?shop=7"),
      headers: {
        "x-of-gateway": "kept",
        authorization: "Basic Zm9v",
        "x-forwarded-for": "6.6.6.6",
        "x-peer-address": "6.6.6.6",
      },
    });
    const row = await rowOf(orderNo);
    expect(row).toMatchObject({
      source_address: "127.0.0.1",
      query: "shop=7",
      content_type: "application/x-www-form-urlencoded",
      own_names: ["shop"],
    });
    expect(row?.["body"].toString()).toBe(body);
    const headers = new Map<string, string>(row?.["headers"]);
    expect(headers.get("x-of-gateway")).toBe("kept");
    for (const left of ["authorization", "x-forwarded-for", "x-peer-address"]) expect(headers.has(left)).toBe(false);
  });

  test("takes a body of 64 KB, and not one byte more, whatever its length was said to be", async () => {
    const bytes = (count: number) => new Uint8Array(count).fill(97);
    const chunked = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let piece = 0; piece < 5; piece += 1) controller.enqueue(bytes(16_384));
        controller.close();
      },
    });
    expect((await post(bytes(65_536))).status).toBe(400);
    const answers = await Promise.all([post(bytes(65_537)), post(chunked), post(bytes(400_000))]);
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([413, "too large"]);
    const [row] = await database.sql`select max(length(body))::int as longest from notification_bodies`;
    expect(row?.["longest"]).toBe(65_536);
  });

  test("does not hear out who sends single bytes without end, and goes on", async () => {
    const { orderNo, body } = genuine();
    let left = 20_000;
    const drops = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(new Uint8Array([97]));
      },
    });
    const said = await post(drops).then(
      ({ status }) => status,
      () => "cut off",
    );
    expect([413, "cut off"]).toContain(said);
    expect(await (await post(body)).text()).toBe("success");
    expect(await rowOf(orderNo)).toMatchObject({ deliveries: 1 });
  });

  test("keeps nothing of a message that breaks off, and goes on", async () => {
    const { orderNo, body } = genuine();
    const socket = net.connect(Number(new URL(origin).port), "127.0.0.1");
    const head = `POST ${new URL(address()).pathname} HTTP/1.1\r\nHost: console.example\r\nContent-Length: ${body.length}\r\n\r\n`;
    await new Promise<void>((resolve) => socket.write(head + body.slice(0, 40), () => resolve()));
    const isGone = new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    socket.destroy();
    await isGone;
    expect(await (await post(body)).text()).toBe("success");
    expect(await rowOf(orderNo)).toMatchObject({ deliveries: 1 });
  });

  test("takes nothing but POST, and knows no address but ours", async () => {
    const other = await fetch(address(), { method: "PUT", body: "a=1" });
    expect([other.status, other.headers.get("allow"), await other.text()]).toEqual([405, "POST", "only POST"]);
    for (const to of [address("transfer"), address().replace(credentialId, "0199b2b4-0000-7000-8000-000000000000")]) {
      const answer = await post("a=1", { to });
      expect([answer.status, await answer.text()]).toEqual([404, "unknown address"]);
    }
  });

  test("refuses a flood that the database cannot take, and is back with the next message", async () => {
    const { orderNo, body } = genuine();
    const holding = await database.sql.reserve();
    await holding`begin`;
    await holding`lock table notifications in access exclusive mode`;
    const answers = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const answer = await post(body);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    await holding`rollback`;
    holding.release();
    expect(new Set(answers)).toEqual(new Set(["503 try again"]));
    expect(await (await post(body)).text()).toBe("success");
    expect(await rowOf(orderNo)).toMatchObject({ verdict: "unknown-order" });
  });
});

test("the door leaves every other address to the framework", () => {
  const left = [
    "/api/notify",
    "/api/notify/x",
    "/api/notify/x/payment/",
    "/api/notify/x/y/z",
    "//api/notify/x/payment",
  ];
  for (const url of [...left, "/api/notify/%78/payment", "/test/payments", "/api/health"]) {
    expect([url, answerNotification({ url } as http.IncomingMessage, {} as http.ServerResponse)]).toEqual([url, false]);
  }
});
