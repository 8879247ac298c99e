import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { canonicalString, sign, verify } from "@/lib/gateway/signature";
import type { Attempt, Notification } from "./records";
import { startReceiver } from "./testing/receiver";
import { type Json, order, refund, startTestbed, type Testbed } from "./testing/sandbox";

let sandbox: Testbed;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  sandbox = await startTestbed();
});
beforeEach(async () => {
  await sandbox.control("POST", "reset", {});
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());
afterAll(() => sandbox.stop());

type OrderView = { payOrderId: string; notifications: (Notification & { fields: Record<string, string> })[] };

async function paidOrder(fields: Json = {}): Promise<string> {
  const sent = order({ notifyUrl: `${receiver.url}/notify`, ...fields });
  const answer = await sandbox.call("/api/pay/unifiedOrder", sent);
  expect(answer.code).toBe(0);
  await sandbox.control("POST", "pay", { mchOrderNo: sent.mchOrderNo });
  return sent.mchOrderNo;
}

async function onlyNotification(mchOrderNo: string) {
  await sandbox.control("POST", "idle");
  const { notifications } = await sandbox.control<OrderView>("GET", `orders/${mchOrderNo}`);
  expect(notifications).toHaveLength(1);
  return notifications[0] as OrderView["notifications"][number];
}

describe("the message on the wire", () => {
  test("is a form, sent by a POST that introduces itself as the reference server does", async () => {
    const mchOrderNo = await paidOrder({ extParam: "till 4" });
    const { method, url, headers, fields } = await receiver.next();
    expect([method, url]).toEqual(["POST", "/notify"]);
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded;charset=UTF-8");
    expect(headers["user-agent"]).toMatch(/Chrome\/75.*Hutool$/);
    expect(headers["accept-encoding"]).toBe("gzip, deflate");
    const told = Object.fromEntries(fields);
    expect(told).toMatchObject({
      mchOrderNo,
      state: "2",
      amount: "1050",
      currency: "HKD",
      extParam: "till 4",
      ifCode: "wxpay",
    });
    expect(told).not.toHaveProperty("errCode");
    expect(told).not.toHaveProperty("orderState");
    expect(verify(told, sandbox.app.secret)).toBe(true);
  });

  test("does not come in the order of the alphabet", async () => {
    await paidOrder();
    const names = [...(await receiver.next()).fields.keys()];
    expect(names).not.toEqual([...names].sort());
  });

  test("carries the merchant's own parameters in the body, unsigned, and calls the address without them", async () => {
    await paidOrder({ notifyUrl: `${receiver.url}/notify?shop=7&lane=a%20b` });
    const { url, fields } = await receiver.next();
    expect(url).toBe("/notify");
    const { shop, lane, ...signed } = Object.fromEntries(fields);
    expect([shop, lane]).toEqual(["7", "a b"]);
    expect(verify(signed, sandbox.app.secret)).toBe(true);
  });

  test("is glued to a query that has no equals sign", async () => {
    await paidOrder({ notifyUrl: `${receiver.url}/notify?flag` });
    const names = [...(await receiver.next()).fields.keys()];
    expect(names.filter((name) => name.startsWith("flag"))).toHaveLength(1);
  });

  test.each([
    ["A&B", "A", {}],
    ["A & B=C", "A ", { " B": "C" }],
    ["x&amp;y", "x", {}],
    ["https://m.example/x?a=1&b=2", "https://m.example/x?a=1", { b: "2" }],
  ])("breaks at the ampersand of %s", async (subject, arrives, extra) => {
    await paidOrder({ subject });
    const { fields } = await receiver.next();
    expect(Object.fromEntries(fields)).toMatchObject({ subject: arrives, ...extra });
    expect(verify(Object.fromEntries(fields), sandbox.app.secret)).toBe(false);
    // The signature was made over what the merchant had sent.
    const repaired = { ...Object.fromEntries(fields), subject };
    for (const name of Object.keys(extra)) delete (repaired as Record<string, string>)[name];
    expect(verify(repaired, sandbox.app.secret)).toBe(true);
  });

  test.each(["1+1", "100% off", "a#b", "q?x/y", "\"'", "a\tb\nc", "end ", "%2B", "奶茶 🧋", "a;b,c:d@e!$()*"])(
    "brings %j unharmed",
    async (body) => {
      await paidOrder({ body });
      const { fields } = await receiver.next();
      expect(fields.get("body")).toBe(body);
      expect(verify(Object.fromEntries(fields), sandbox.app.secret)).toBe(true);
    },
  );
});

describe("who is told what", () => {
  test("nobody hears of a decline, a close, or a payment without an address", async () => {
    const [declined, closed] = [order({ notifyUrl: receiver.url }), order({ notifyUrl: receiver.url })];
    await sandbox.call("/api/pay/unifiedOrder", declined);
    await sandbox.call("/api/pay/unifiedOrder", closed);
    await sandbox.control("POST", "pay", { mchOrderNo: declined.mchOrderNo, outcome: "decline" });
    await sandbox.call("/api/pay/close", { mchOrderNo: closed.mchOrderNo });
    await paidOrder({ notifyUrl: "" });
    await sandbox.control("POST", "idle");
    expect(receiver.received).toEqual([]);
  });

  test("a refund is told to its own address, with the secret of the application that asked for it", async () => {
    const mchOrderNo = await paidOrder({ notifyUrl: "" });
    const app = await sandbox.control<typeof sandbox.app>("POST", "apps", { mchNo: sandbox.merchant.mchNo });
    const sent = refund(mchOrderNo, { notifyUrl: `${receiver.url}/refunds`, extParam: "till 4" });
    await sandbox.call("/api/refund/refundOrder", sent, { app });
    const { url, fields } = await receiver.next();
    expect(url).toBe("/refunds");
    expect(Object.fromEntries(fields)).toMatchObject({
      mchRefundNo: sent.mchRefundNo,
      state: "2",
      refundAmount: "500",
      payAmount: "1050",
    });
    expect(verify(Object.fromEntries(fields), app.secret)).toBe(true);
  });

  test("a cancel is told to its own address, as the order in state 4", async () => {
    const mchOrderNo = await paidOrder({ notifyUrl: "" });
    await sandbox.call("/api/pay/cancel", { mchOrderNo, notifyUrl: `${receiver.url}/cancels`, extParam: "by mistake" });
    const { url, fields } = await receiver.next();
    expect([url, fields.get("state"), fields.get("extParam")]).toEqual(["/cancels", "4", "by mistake"]);
  });

  test("a payment after the end of its order is told as paid", async () => {
    const sent = order({ notifyUrl: receiver.url, expiredTime: 60 });
    await sandbox.call("/api/pay/unifiedOrder", sent);
    await sandbox.control("POST", "faults", { kind: "late-payment", mchOrderNo: sent.mchOrderNo });
    await sandbox.control("POST", "clock", { advanceMs: 60_000 });
    expect((await receiver.next()).fields.get("state")).toBe("2");
    expect((await sandbox.call("/api/pay/query", { mchOrderNo: sent.mchOrderNo })).data?.state).toBe(6);
  });
});

describe("the reply", () => {
  test.each([
    ["success", 200, true],
    ["SUCCESS", 500, true],
    ["success\n", 200, false],
    ['"success"', 200, false],
    ["", 200, false],
    ["ok", 200, false],
  ])("%j with status %i counts as delivered: %s", async (body, status, isDelivered) => {
    receiver.answerWith({ body, status });
    const { state, attempts } = await onlyNotification(await paidOrder());
    expect(state).toBe(isDelivered ? "delivered" : "pending");
    expect(attempts).toMatchObject([{ status, reply: body, isDelivered, isManual: false }]);
  });

  test("that redirects is not followed", async () => {
    receiver.answerWith({ body: "", status: 302, location: `${receiver.url}/elsewhere` });
    const { attempts } = await onlyNotification(await paidOrder());
    expect(attempts).toMatchObject([{ status: 302, isDelivered: false }]);
    expect(receiver.received.map(({ url }) => url)).toEqual(["/notify"]);
  });

  test("of nobody is a failure with its cause", async () => {
    await receiver.stop();
    const { attempts } = await onlyNotification(await paidOrder());
    expect(attempts).toMatchObject([{ status: null, problem: expect.stringContaining("ECONNREFUSED") }]);
    receiver = await startReceiver();
  });
});

describe("retries", () => {
  test("come 30, 60, 90, 120 and 150 seconds after one another, the same to the byte, and then no more", async () => {
    receiver.answerWith({ body: "later" });
    const mchOrderNo = await paidOrder();
    const first = await receiver.next();
    for (const seconds of [30, 60, 90, 120, 150]) {
      const { nextAttemptAt, attempts } = await onlyNotification(mchOrderNo);
      const last = attempts.at(-1);
      expect((nextAttemptAt ?? 0) - (last?.at ?? 0) - (last?.durationMs ?? 0)).toBeGreaterThanOrEqual(
        seconds * 1000 - 2,
      );
      await sandbox.control("POST", "clock", { advanceMs: seconds * 1000 });
      expect((await receiver.next()).body).toBe(first.body);
    }
    const { state, tries, nextAttemptAt } = await onlyNotification(mchOrderNo);
    expect([state, tries, nextAttemptAt]).toEqual(["given-up", 6, null]);
  });

  test("come faster by the time-lapse factor, and stop at the first success", async () => {
    await sandbox.control("POST", "time-lapse", { factor: 10_000 });
    let seen = 0;
    receiver.answerWith(() => ({ body: ++seen < 3 ? "not yet" : "success" }));
    const mchOrderNo = await paidOrder();
    for (let attempt = 0; attempt < 3; attempt++) await receiver.next();
    const { state, tries } = await onlyNotification(mchOrderNo);
    expect([state, tries]).toEqual(["delivered", 3]);
  });

  test("by hand repeat the stored bytes as often as wanted, and tell the replies", async () => {
    const mchOrderNo = await paidOrder();
    const first = await receiver.next();
    const { attempts } = await sandbox.control<{ attempts: Attempt[] }>("POST", "notify", { mchOrderNo, times: 25 });
    expect(attempts).toHaveLength(25);
    expect(attempts.every(({ reply, isManual }) => reply === "success" && isManual)).toBe(true);
    expect(new Set(receiver.received.map(({ body }) => body))).toEqual(new Set([first.body]));
  });
});

describe("misbehaviour", () => {
  test("a silenced notification can still be sent by hand", async () => {
    await sandbox.control("POST", "faults", { kind: "silent" });
    const mchOrderNo = await paidOrder();
    expect(await onlyNotification(mchOrderNo)).toMatchObject({ state: "silenced", attempts: [] });
    await sandbox.control("POST", "notify", { mchOrderNo });
    expect((await receiver.next()).fields.get("mchOrderNo")).toBe(mchOrderNo);
  });

  test("a duplicate arrives as often as the switch says", async () => {
    await sandbox.control("POST", "faults", { kind: "duplicate-notification", copies: 5 });
    await onlyNotification(await paidOrder());
    expect(receiver.received).toHaveLength(5);
  });

  test("a reordered payment notification comes after that of its refund", async () => {
    await sandbox.control("POST", "faults", { kind: "reorder-notifications" });
    const mchOrderNo = await paidOrder();
    await sandbox.call("/api/refund/refundOrder", refund(mchOrderNo, { notifyUrl: `${receiver.url}/refunds` }));
    expect([(await receiver.next()).url, (await receiver.next()).url]).toEqual(["/refunds", "/notify"]);
  });

  test("a held notification goes out when its switch is off", async () => {
    const { id } = await sandbox.control<{ id: string }>("POST", "faults", { kind: "reorder-notifications" });
    const mchOrderNo = await paidOrder();
    await sandbox.control("DELETE", `faults/${id}`);
    expect((await receiver.next()).fields.get("mchOrderNo")).toBe(mchOrderNo);
  });

  test("a notification can arrive before its order is answered", async () => {
    await sandbox.control("POST", "faults", { kind: "notify-before-answer" });
    const sent = order({ notifyUrl: receiver.url });
    const calling = sandbox
      .call("/api/pay/unifiedOrder", sent)
      .then((answer) => ({ answer, seen: receiver.received.length }));
    expect((await receiver.next()).fields.get("mchOrderNo")).toBe(sent.mchOrderNo);
    expect(await calling).toMatchObject({ answer: { data: { orderState: 1 } }, seen: 1 });
  });

  test("a forged claim reaches the address of an order that nobody has paid", async () => {
    const sent = order({ notifyUrl: receiver.url });
    await sandbox.call("/api/pay/unifiedOrder", sent);
    await sandbox.control("POST", "notify", { mchOrderNo: sent.mchOrderNo, kind: "forged" });
    const claim = Object.fromEntries((await receiver.next()).fields);
    expect(claim).toMatchObject({ mchOrderNo: sent.mchOrderNo, state: "2" });
    expect(verify(claim, sandbox.app.secret)).toBe(false);
  });

  test("a wrong amount, an unknown state and unknown fields are signed well", async () => {
    for (const kind of ["wrong-amount", "unknown-state", "unknown-fields"])
      await sandbox.control("POST", "faults", { kind });
    await paidOrder();
    const told = Object.fromEntries((await receiver.next()).fields);
    expect(told).toMatchObject({ amount: "10500", state: "9", futureField: "a new field" });
    expect(told.sign).toBe(sign(told, sandbox.app.secret));
    expect(canonicalString(told)).toContain("futureField=");
  });

  test("a switch for one order leaves the others alone, and one with a count wears off", async () => {
    const quiet = order({ notifyUrl: receiver.url });
    await sandbox.control("POST", "faults", { faults: [{ kind: "silent", mchOrderNo: quiet.mchOrderNo, times: 1 }] });
    await sandbox.call("/api/pay/unifiedOrder", quiet);
    await sandbox.control("POST", "pay", { mchOrderNo: quiet.mchOrderNo });
    const loud = await paidOrder();
    expect((await receiver.next()).fields.get("mchOrderNo")).toBe(loud);
    expect(receiver.received).toHaveLength(1);
    expect(await sandbox.control("GET", "faults")).toMatchObject({ on: [] });
  });
});
