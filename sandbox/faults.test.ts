import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyDetached } from "@/lib/gateway/signature";
import type { FaultInput } from "./faults";
import { order, refund, sendAs, startTestbed, type Testbed } from "./testing/sandbox";

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
beforeEach(async () => {
  await sandbox.control("POST", "reset", {});
});
afterAll(() => sandbox.stop());

const unifiedOrder = "/api/pay/unifiedOrder";
const switchOn = (fault: FaultInput) => sandbox.control("POST", "faults", fault);
const send = (
  path: string,
  fields: Record<string, unknown>,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) =>
  sendAs(sandbox.url, path, fields, {
    merchant: sandbox.merchant,
    app: sandbox.app,
    headers,
    ...(signal ? { signal } : {}),
  });

async function isKnown(mchOrderNo: string): Promise<boolean> {
  return (await fetch(`${sandbox.url}/control/orders/${mchOrderNo}`)).status === 200;
}

async function isStored(mchOrderNo: string): Promise<boolean> {
  await sandbox.control("DELETE", "faults");
  return (await sandbox.call("/api/pay/query", { mchOrderNo })).code === 0;
}

describe("answers that cannot be believed", () => {
  test("a wrong secret, or no signature at all", async () => {
    await switchOn({ kind: "wrong-secret", times: 1 });
    const forged = await sandbox.call(unifiedOrder, order());
    expect(verifyDetached(forged.data ?? {}, forged.sign ?? null, sandbox.app.secret)).toBe(false);
    await switchOn({ kind: "missing-sign", times: 1 });
    const unsigned = await sandbox.call(unifiedOrder, order());
    expect(unsigned.code).toBe(0);
    expect(unsigned).not.toHaveProperty("sign");
  });

  test("the other environment refuses the signature", async () => {
    await switchOn({ kind: "swapped-environment", environment: "test" });
    expect(await sandbox.call(unifiedOrder, order())).toEqual({ code: 9999, msg: "验签失败" });
  });
});

describe("answers that cannot be read", () => {
  test("XML comes only to those who do not ask for JSON, unless it is forced", async () => {
    await switchOn({ kind: "xml-answer" });
    expect((await send(unifiedOrder, order())).headers.get("content-type")).toMatch(/json/);
    const xml = await (await send(unifiedOrder, order(), { Accept: "*/*" })).text();
    expect(xml).toMatch(/^<ApiRes><code>0<\/code><msg>SUCCESS<\/msg><data>.*<\/sign><\/ApiRes>$/);
    await sandbox.control("DELETE", "faults");
    await switchOn({ kind: "xml-answer", force: true });
    expect(await (await send(unifiedOrder, order())).text()).toMatch(/^<ApiRes>/);
  });

  test.each([
    [{ kind: "html-answer" }, 200, /^<!doctype html>/],
    [{ kind: "garbage-answer" }, 200, /^\0/],
    [{ kind: "empty-answer" }, 200, /^$/],
    [{ kind: "redirect-answer" }, 302, /^$/],
    [{ kind: "status-answer", status: 503 }, 503, /./],
    [{ kind: "huge-answer", sizeBytes: 100_000 }, 200, /^ {100000}$/],
  ] as const)("%j: status %i, and the order was made all the same", async (fault, status, text) => {
    await switchOn(fault);
    const sent = order();
    const response = await send(unifiedOrder, sent);
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(text)]);
    expect(await isStored(sent.mchOrderNo)).toBe(true);
  });

  test("an HTML answer of something in front of the gateway comes before the order is made", async () => {
    await switchOn({ kind: "html-answer", when: "before" });
    const sent = order();
    expect(await (await send(unifiedOrder, sent)).text()).toMatch(/^<!doctype html>/);
    expect(await isStored(sent.mchOrderNo)).toBe(false);
  });

  test.each([
    ["before", false],
    ["after", true],
  ] as const)("a connection that is cut %s executing leaves an order: %s", async (when, isLeft) => {
    await switchOn({ kind: "drop-connection", when });
    const sent = order();
    await expect(send(unifiedOrder, sent)).rejects.toThrow();
    expect(await isStored(sent.mchOrderNo)).toBe(isLeft);
  });

  test("an answer can be late although the order was made at once", async () => {
    await switchOn({ kind: "delay", delayMs: 600_000 });
    const sent = order();
    const giveUp = new AbortController();
    const sending = send(unifiedOrder, sent, {}, giveUp.signal).catch((error: Error) => error.name);
    while (!(await isKnown(sent.mchOrderNo)));
    giveUp.abort();
    expect(await sending).toBe("AbortError");
  });

  test("a request can be late, so that giving up comes before the order is made", async () => {
    await switchOn({ kind: "delay", delayMs: 600_000, when: "before" });
    const sent = order();
    const giveUp = new AbortController();
    const sending = send(unifiedOrder, sent, {}, giveUp.signal).catch((error: Error) => error.name);
    while ((await sandbox.control<unknown[]>("GET", `calls?mchOrderNo=${sent.mchOrderNo}`)).length === 0);
    giveUp.abort();
    expect(await sending).toBe("AbortError");
    expect(await isKnown(sent.mchOrderNo)).toBe(false);
  });
});

describe("answers that must be understood", () => {
  test("code 0 with state 3", async () => {
    await switchOn({ kind: "declined", operation: "unifiedOrder" });
    const { code, data } = await sandbox.call(unifiedOrder, order());
    expect([code, data?.orderState, data?.errCode]).toEqual([0, 3, "PAYER_DECLINED"]);
    expect(data).not.toHaveProperty("payData");
  });

  test("a system error although the order was stored", async () => {
    await switchOn({ kind: "system-error-after" });
    const sent = order();
    expect(await sandbox.call(unifiedOrder, sent)).toEqual({ code: 9999, msg: "系统异常" });
    expect((await sandbox.call("/api/pay/query", { mchOrderNo: sent.mchOrderNo })).data?.state).toBe(0);
  });

  test("unknown fields, an unknown state and numbers as texts, all signed well", async () => {
    for (const kind of ["unknown-fields", "unknown-state", "text-numbers"] as const) await switchOn({ kind });
    const sent = order();
    await sandbox.call(unifiedOrder, sent);
    const { data, sign } = await sandbox.call("/api/pay/query", { mchOrderNo: sent.mchOrderNo });
    expect(data).toMatchObject({ state: "9", amount: "1050", futureField: "a new field", AnotherField: "7" });
    expect(verifyDetached(data ?? {}, sign ?? null, sandbox.app.secret)).toBe(true);
  });

  test("an empty answer to a close leaves the order open", async () => {
    await switchOn({ kind: "close-without-answer" });
    const sent = order();
    await sandbox.call(unifiedOrder, sent);
    const response = await send("/api/pay/close", { mchOrderNo: sent.mchOrderNo });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect((await sandbox.call("/api/pay/query", { mchOrderNo: sent.mchOrderNo })).data?.state).toBe(1);
  });

  test("a gateway without a refund query", async () => {
    await switchOn({ kind: "not-found", operation: "refundQuery" });
    expect((await send("/api/refund/query", { mchRefundNo: "R1" })).status).toBe(404);
    expect((await send("/api/pay/query", { mchOrderNo: "T1" })).status).toBe(200);
  });

  test("a refund that fails at the channel", async () => {
    await switchOn({ kind: "fail-refund" });
    const sent = order();
    await sandbox.call(unifiedOrder, sent);
    await sandbox.control("POST", "pay", { mchOrderNo: sent.mchOrderNo });
    const { code, data } = await sandbox.call("/api/refund/refundOrder", refund(sent.mchOrderNo));
    expect([code, data?.state, data?.errCode]).toEqual([0, 3, "REFUND_REFUSED"]);
  });
});

describe("the controls", () => {
  test("refuse a kind that does not exist, with the list of those that do", async () => {
    await expect(sandbox.control("POST", "faults", { kind: "bad-mood" })).rejects.toThrow(/400 .*wrong-secret/s);
  });

  test("say what was called, with the switches that were on", async () => {
    await switchOn({ kind: "wrong-secret" });
    const sent = order();
    await sandbox.call(unifiedOrder, sent);
    const { calls } = await sandbox.control<{ calls: unknown[] }>("GET", `orders/${sent.mchOrderNo}`);
    expect(calls).toMatchObject([{ operation: "unifiedOrder", status: 200, faults: ["wrong-secret"] }]);
  });

  test("do not answer a page of another site", async () => {
    const headers = { Origin: "https://evil.example" };
    expect((await fetch(`${sandbox.url}/control/merchants`, { headers })).status).toBe(403);
  });

  test("answer with the missing record's number, or with 404 where there is nothing", async () => {
    await expect(sandbox.control("GET", "orders/T-none")).rejects.toThrow("404 There is no order T-none.");
    await expect(sandbox.control("GET", "nothing")).rejects.toThrow("404");
    await expect(sandbox.control("POST", "clock", { advance: 1 })).rejects.toThrow("400");
  });
});
