import { inflateSync } from "node:zlib";
import { encode } from "uqr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verify } from "@/lib/gateway/signature";
import { qrImage } from "./qr-image";
import { type Json, order, startTestbed, type Testbed } from "./testing/sandbox";

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
afterAll(() => sandbox.stop());

async function place(fields: Json = {}) {
  const sent = order(fields);
  const { data } = await sandbox.call("/api/pay/unifiedOrder", sent);
  return { mchOrderNo: sent.mchOrderNo, payData: String(data?.payData) };
}

function press(payData: string, action: string, more: Record<string, string> = {}): Promise<Response> {
  return fetch(payData, { method: "POST", redirect: "manual", body: new URLSearchParams({ action, ...more }) });
}

async function stateOf(mchOrderNo: string): Promise<unknown> {
  return (await sandbox.call("/api/pay/query", { mchOrderNo })).data?.state;
}

describe("the cashier", () => {
  test("shows what is paid, with hostile text made harmless", async () => {
    const { payData } = await place({ subject: "<script>alert(1)</script>", amount: 123456 });
    const shown = await (await fetch(payData)).text();
    expect(shown).toContain("HK$\u00a01,234.56");
    expect(shown).toContain("&lt;script&gt;");
    expect(shown).not.toContain("<script>");
  });

  test.each([
    ["pay", 2, "Paid"],
    ["decline", 3, "Declined"],
    ["leave", 1, "You left without paying"],
  ])("after the button %s the order is in state %i", async (action, state, words) => {
    const { mchOrderNo, payData } = await place();
    const pressed = await press(payData, action);
    expect(pressed.status).toBe(303);
    expect(await stateOf(mchOrderNo)).toBe(state);
    expect(await (await fetch(new URL(pressed.headers.get("location") ?? "", payData))).text()).toContain(words);
  });

  test("a second press of pay changes nothing", async () => {
    const { mchOrderNo, payData } = await place();
    await press(payData, "pay");
    await press(payData, "decline");
    await press(payData, "pay");
    expect(await stateOf(mchOrderNo)).toBe(2);
  });

  test("sends the payer back with the signed fields behind the merchant's own", async () => {
    const { mchOrderNo, payData } = await place({ wayCode: "UP_OP", returnUrl: "https://shop.example/done?cart=7" });
    const pressed = await press(payData, "pay");
    expect(pressed.status).toBe(302);
    const { cart, ...signed } = Object.fromEntries(new URL(pressed.headers.get("location") ?? "").searchParams);
    expect([cart, signed.mchOrderNo, signed.state]).toEqual(["7", mchOrderNo, "2"]);
    expect(verify(signed, sandbox.app.secret)).toBe(true);
  });

  test("of all wallets lets the payer choose one", async () => {
    const { mchOrderNo, payData } = await place({ wayCode: "QR_CASHIER" });
    expect(await (await fetch(payData)).text()).toContain("Alipay");
    await press(payData, "pay", { wallet: "alipay" });
    expect((await sandbox.call("/api/pay/query", { mchOrderNo })).data).toMatchObject({ state: 2, ifCode: "alipay" });
  });

  test("does not exist for a made-up token", async () => {
    expect((await fetch(`${sandbox.url}/cashier/${"0".repeat(32)}`)).status).toBe(404);
  });
});

describe("the picture of a code", () => {
  test("is a PNG of the asked size", async () => {
    const { payData } = await place({ wayCode: "YSF_QR" });
    const [usual, large] = await Promise.all([fetch(payData), fetch(`${payData}?width=400&height=400`)]);
    expect(usual.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await usual.arrayBuffer()).readUInt32BE(16)).toBe(200);
    expect(Buffer.from(await large.arrayBuffer()).readUInt32BE(16)).toBe(400);
  });

  test("has a dark pixel exactly where the code has a dark module", () => {
    const text = "https://pay.example/cashier/0123456789abcdef";
    const { data, size } = encode(text, { ecc: "M", border: 4 });
    const image = qrImage(text, size);
    const chunkAt = image.indexOf("IDAT");
    const lines = inflateSync(image.subarray(chunkAt + 4, chunkAt + 4 + image.readUInt32BE(chunkAt - 4)));
    const read = Array.from({ length: size }, (_, y) =>
      Array.from({ length: size }, (_, x) => lines[y * (size + 1) + 1 + x] === 0),
    );
    expect(read).toEqual(data);
  });
});

describe("the control page", () => {
  async function choose(form: Record<string, string>): Promise<Response> {
    return fetch(`${sandbox.url}/control`, { method: "POST", redirect: "manual", body: new URLSearchParams(form) });
  }

  test("pays, switches misbehaviour on and off, and moves the clock", async () => {
    const { mchOrderNo } = await place();
    const { payOrderId } = await sandbox.control<{ payOrderId: string }>("GET", `orders/${mchOrderNo}`);
    expect((await choose({ action: "pay", id: payOrderId })).status).toBe(303);
    expect(await stateOf(mchOrderNo)).toBe(2);

    await choose({ action: "fault-on", kind: "silent", mchNo: "", mchOrderNo: "T-quiet", times: "2", when: "after" });
    const { on } = await sandbox.control<{ on: { id: string }[] }>("GET", "faults");
    expect(on).toMatchObject([{ kind: "silent", mchOrderNo: "T-quiet", times: 2 }]);
    await choose({ action: "fault-off", id: on[0]?.id ?? "" });
    expect(await sandbox.control("GET", "faults")).toMatchObject({ on: [] });

    await choose({ action: "pace", advanceSeconds: "60", timeLapse: "2", refundDelaySeconds: "3" });
    expect(await sandbox.control("GET", "knobs")).toMatchObject({
      offsetMs: 60_000,
      timeLapse: 2,
      refundDelayMs: 3000,
    });
    expect(await (await fetch(`${sandbox.url}/control`)).text()).toContain(mchOrderNo);
  });

  test("says what was wrong with a choice", async () => {
    const answer = await choose({ action: "pace", advanceSeconds: "soon", timeLapse: "1", refundDelaySeconds: "0" });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('role="alert"')]);
  });
});
