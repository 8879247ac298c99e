import { createHash } from "node:crypto";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { credentialSecrets } from "@/db/schema/credentials";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addShop } from "@/db/testing/shops";
import { sealedValues } from "@/lib/credentials/add-credential";
import type { CredentialId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "./route";

let database: TestDatabase;
let credentialId: CredentialId;

// Invented, like everything that looks like a key in a test.
const secret = "0123456789abcdef".repeat(8);
const appId = "60cc09bce4b0f1c0b83761c9";

beforeAll(async () => {
  database = await testDatabase();
  const { merchantId, credentialId: id } = await addShop(database.db, "test", "counter");
  const place = { merchantId, credentialId: id, version: 1 };
  const sealed = sealedValues(new Secret(secret), place);
  await database.db.insert(credentialSecrets).values({ ...place, ...sealed, stage: "current" });
  credentialId = id;
});

afterAll(async () => database.close());
afterEach(() => vi.useRealTimers());

function send(
  body: BodyInit | null,
  { headers = {}, kind = "payment" }: { headers?: HeadersInit; kind?: string } = {},
) {
  const address = `http://console.example/api/notify/${credentialId}/${kind}`;
  const init = { method: "POST", body, headers, duplex: "half" } satisfies RequestInit & { duplex: "half" };
  const params = Promise.resolve({ credentialId, kind });
  return POST(new Request(address, init), { params });
}

/** A sender whose bytes come one piece at a time, and who says whether anybody still listens. */
function sender(pieces: readonly Uint8Array[], { isEndless = false } = {}) {
  const state = { sent: 0, wasTurnedAway: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[state.sent];
        if (piece) controller.enqueue(piece);
        if (piece) state.sent += 1;
        else if (!isEndless) controller.close();
      },
      cancel() {
        state.wasTurnedAway = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

const kilobytes = (count: number) => new Uint8Array(count * 1024).fill(97);

async function storedBodies(): Promise<number[]> {
  // Of what was refused before its end no byte is kept.
  const rows = await database.sql<{ bytes: number }[]>`
    select length(body) as bytes from notification_bodies b join notifications n on n.id = b.id
    where n.verdict <> 'refused'`;
  return rows.map(({ bytes }) => bytes).toSorted((a, b) => a - b);
}

describe("a body", () => {
  test("of 64 KB is read to its end and kept to the byte", async () => {
    const answer = await send(sender([kilobytes(32), kilobytes(32)]).body);
    expect(answer.status).toBe(400);
    expect(await storedBodies()).toEqual([65_536]);
  });

  test("that grows beyond 64 KB is refused while it is being read, and not read further", async () => {
    const { body, state } = sender(Array.from({ length: 1000 }, () => kilobytes(16)));
    const answer = await send(body);
    expect(answer.status).toBe(413);
    expect(await answer.text()).not.toMatch(/success/i);
    expect(state.sent).toBeLessThan(8);
    expect(state.wasTurnedAway).toBe(true);
    expect(await storedBodies()).toEqual([65_536]);
  });

  test("that says it is too long is refused before its first byte", async () => {
    const { body, state } = sender([kilobytes(1)]);
    const answer = await send(body, { headers: { "content-length": "65537" } });
    expect(answer.status).toBe(413);
    expect(state.sent).toBe(0);
  });

  test("that never ends is given up after ten seconds, however it drips", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { body, state } = sender([new Uint8Array([97])], { isEndless: true });
    const answering = send(body);
    await vi.waitUntil(() => state.sent === 1 && vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(10_000);
    const answer = await answering;
    expect(answer.status).toBe(408);
    expect(await answer.text()).not.toMatch(/success/i);
    expect(state.wasTurnedAway).toBe(true);
  });

  test("that breaks off is no message", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(kilobytes(1));
        controller.error(new Error("the sender went away"));
      },
    });
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/success/i);
    expect(await storedBodies()).toEqual([65_536]);
  });

  test("that is empty is kept and not believed", async () => {
    const answer = await send(null);
    expect(answer.status).toBe(400);
    expect(await storedBodies()).toEqual([0, 65_536]);
  });
});

test.each(Object.entries({ GET, HEAD, PUT, PATCH, DELETE, OPTIONS }))("%s is not taken", async (_, refuse) => {
  const answer = refuse();
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("POST");
  expect(await answer.text()).not.toMatch(/success/i);
});

test("every answer is plain text without a line end", async () => {
  const answer = await send("amount=1&sign=00");
  expect(answer.headers.get("content-type")).toBe("text/plain");
  expect(await answer.text()).toMatch(/^[\x20-\x7E]+$/);
});

test("a credential or kind that does not exist is not found", async () => {
  const stranger = { credentialId: "0199b2b4-0000-7000-8000-000000000000", kind: "payment" };
  const request = () => new Request("http://console.example/api/notify/x/payment", { method: "POST", body: "a=1" });
  for (const params of [stranger, { ...stranger, credentialId: "x" }, { ...stranger, kind: "transfer" }]) {
    const answer = await POST(request(), { params: Promise.resolve(params) });
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/success/i);
  }
});

/** A message as the gateway signs it: sorted pieces, the secret at the end, MD5 (gateway-protocol 2.2). */
function signedMessage(reqTime: string): URLSearchParams {
  const text = `amount=1234&appId=${appId}&mchNo=M-counter&mchOrderNo=UNKNOWN-1&reqTime=${reqTime}&state=2&`;
  const sign = createHash("md5").update(`${text}key=${secret}`).digest("hex").toUpperCase();
  return new URLSearchParams(`${text}sign=${sign}`);
}

test("a genuine message is answered with exactly success, the second time too", async () => {
  for (let delivery = 1; delivery <= 2; delivery += 1) {
    const answer = await send(signedMessage("1767225655321"));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("success");
  }
  const [row] = await database.sql`select deliveries, verdict from notifications where order_no = 'UNKNOWN-1'`;
  expect(row).toEqual({ deliveries: 2, verdict: "unknown-order" });
});

test("while the database is away a genuine message is no success, and it is one when it comes again", async () => {
  const { pathname } = new URL(database.url);
  const name = pathname.slice(1);
  const admin = postgres(database.url.replace(pathname, "/postgres"), { max: 1 });
  await admin.unsafe(`alter database ${name} with allow_connections false`);
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  const away = await send(signedMessage("1767225655322"));
  expect(away.status).toBe(503);
  expect(await away.text()).toBe("try again");

  await admin.unsafe(`alter database ${name} with allow_connections true`);
  await admin.end();
  const back = await send(signedMessage("1767225655322"));
  expect(await back.text()).toBe("success");
});
