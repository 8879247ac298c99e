import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sign, verifyDetached } from "@/lib/gateway/signature";
import type { Merchant } from "./records";
import { order, startTestbed, type Testbed } from "./testing/sandbox";

let sandbox: Testbed;
beforeAll(async () => {
  sandbox = await startTestbed();
});
afterAll(() => sandbox.stop());

const unifiedOrder = "/api/pay/unifiedOrder";
const query = "/api/pay/query";

async function place(fields: Record<string, unknown> = {}) {
  const sent = order(fields);
  return { mchOrderNo: sent.mchOrderNo, answer: await sandbox.call(unifiedOrder, sent) };
}

async function stateOf(mchOrderNo: string): Promise<unknown> {
  return (await sandbox.call(query, { mchOrderNo })).data?.state;
}

describe("the order of checks", () => {
  const complete = {
    version: "1.0",
    signType: "MD5",
    sign: "0".repeat(32),
    reqTime: "1",
    mchNo: "M1",
    appId: "a",
    ...order(),
  };
  const expected = [
    ["version", "版本号不能为空"],
    ["signType", "签名类型不能为空"],
    ["sign", "签名值不能为空"],
    ["reqTime", "时间戳不能为空"],
    ["mchNo", "商户号不能为空"],
    ["appId", "商户应用ID不能为空"],
    ["mchOrderNo", "商户订单号不能为空"],
    ["wayCode", "支付方式不能为空"],
    ["amount", "支付金额不能为空"],
    ["currency", "货币代码不能为空"],
    ["subject", "商品标题不能为空"],
    ["body", "商品描述信息不能为空"],
  ] as const;

  async function raw(fields: Record<string, unknown>) {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${sandbox.url}${unifiedOrder}`, {
      method: "POST",
      headers,
      body: JSON.stringify(fields),
    });
    return response.json();
  }

  test.each(expected)("%s is asked for before anything that comes later", async (name, msg) => {
    const from = expected.findIndex(([other]) => other === name);
    const later = new Set<string>(expected.slice(from).map(([other]) => other));
    const fields = Object.fromEntries(Object.entries(complete).filter(([other]) => !later.has(other)));
    expect(await raw(fields)).toEqual({ code: 9999, msg });
  });

  test("an amount below one cent counts as missing", async () => {
    expect(await raw({ ...complete, amount: 0 })).toEqual({ code: 9999, msg: "支付金额不能为空" });
  });

  test("then come merchant and application, and the signature last", async () => {
    const { mchNo } = sandbox.merchant;
    const { appId } = sandbox.app;
    const other = await sandbox.control<Merchant>("POST", "merchants", { environment: "production" });
    expect((await raw(complete)).msg).toBe("商户或商户应用不存在");
    expect((await raw({ ...complete, mchNo: other.mchNo, appId })).msg).toBe("参数appId与商户号不匹配");
    expect((await raw({ ...complete, mchNo, appId })).msg).toBe("验签失败");
    await sandbox.control("POST", "merchants", {
      environment: "test",
      mchNo: "M-off",
      isEnabled: false,
      apps: [{ appId: "off" }],
    });
    expect((await raw({ ...complete, mchNo: "M-off", appId: "off" })).msg).toBe("商户信息不存在或商户状态不可用");
  });

  test("a body that is not JSON is a parameter error", async () => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${sandbox.url}${unifiedOrder}`, { method: "POST", headers, body: "{" });
    expect([response.status, await response.json()]).toEqual([200, { code: 11, msg: "参数有误[转换异常]" }]);
  });

  test("an order is not made by a GET", async () => {
    expect((await fetch(`${sandbox.url}${unifiedOrder}`)).status).toBe(405);
  });
});

describe("an order", () => {
  test("is answered with data that is signed, and without the fields that have no value", async () => {
    const { mchOrderNo, answer } = await place();
    expect(answer).toMatchObject({
      code: 0,
      msg: "SUCCESS",
      data: { mchOrderNo, orderState: 1, payDataType: "codeUrl" },
    });
    expect(answer.data).not.toHaveProperty("errCode");
    expect(answer.data?.payOrderId).toMatch(/^P[0-9]{19}$/);
    expect(verifyDetached(answer.data ?? {}, answer.sign ?? null, sandbox.app.secret)).toBe(true);
  });

  test("is refused unsigned when its number was used before, also after it was declined", async () => {
    const { mchOrderNo } = await place();
    await sandbox.control("POST", "pay", { mchOrderNo, outcome: "decline" });
    const again = await sandbox.call(unifiedOrder, order({ mchOrderNo }));
    expect(again).toEqual({ code: 9999, msg: `商户订单[${mchOrderNo}]已存在` });
    expect(await sandbox.control("GET", `orders/${mchOrderNo}`)).toMatchObject({ executions: 1, state: 3 });
  });

  test("may carry a number that another merchant has used", async () => {
    const { mchOrderNo } = await place();
    const merchant = await sandbox.control<Merchant>("POST", "merchants", {
      environment: "test",
      apps: [{ name: "Other" }],
    });
    const [app] = merchant.apps;
    if (!app) throw new Error("no application");
    expect((await sandbox.call(unifiedOrder, order({ mchOrderNo }), { merchant, app })).code).toBe(0);
  });

  test.each([
    [{ wayCode: "NO_SUCH_WAY" }, "不支持的支付方式"],
    [{ notifyUrl: "ftp://shop.example" }, "异步通知地址协议仅支持http:// 或 https:// !"],
    [{ returnUrl: "javascript:alert(1)" }, "同步通知地址协议仅支持http:// 或 https:// !"],
    [{ wayCode: "WX_LITE" }, "[openid]不可为空"],
    [{ wayCode: "ALI_LITE", channelExtra: "{}" }, "[buyerUserId]不可为空"],
    [{ wayCode: "WX_BAR" }, "用户支付条码[authCode]不可为空"],
    [{ wayCode: "AUTO_BAR", channelExtra: '{"authCode":"99"}' }, "不支持的条码"],
    [{ divisionMode: 3 }, "分账模式设置值有误"],
    [{ extParam: "x".repeat(129) }, "系统异常"],
  ])("with %j is refused: %s", async (fields, msg) => {
    const { mchOrderNo, answer } = await place(fields);
    expect(answer).toEqual({ code: 9999, msg });
    // A refusal does not consume the number.
    expect((await sandbox.call(query, { mchOrderNo })).msg).toBe("订单不存在");
  });

  test("is refused for a way that belongs to another application", async () => {
    const app = await sandbox.control<typeof sandbox.app>("POST", "apps", {
      mchNo: sandbox.merchant.mchNo,
      wayCodes: ["UP_OP"],
    });
    expect((await sandbox.call(unifiedOrder, order(), { app })).msg).toBe("商户应用不支持该支付方式");
    expect((await sandbox.call(unifiedOrder, order({ wayCode: "UP_OP" }), { app })).code).toBe(0);
  });

  test("is found by every application of its merchant, and answered with the secret of the one that asks", async () => {
    const { mchOrderNo } = await place();
    const app = await sandbox.control<typeof sandbox.app>("POST", "apps", { mchNo: sandbox.merchant.mchNo });
    const answer = await sandbox.call(query, { mchOrderNo }, { app });
    expect(answer.data).toMatchObject({ appId: sandbox.app.appId, amount: 1050, state: 1 });
    expect(verifyDetached(answer.data ?? {}, answer.sign ?? null, app.secret)).toBe(true);
  });
});

describe("ways of paying", () => {
  test.each([
    ["UP_OP", {}, "payurl", /\/cashier\/[0-9a-f]{32}$/],
    ["WX_H5", {}, "payurl", /\/cashier\//],
    ["WX_H5", { payDataType: "codeUrl" }, "codeUrl", /\/cashier\//],
    ["YSF_QR", {}, "codeImgUrl", /\/api\/scan\/imgs\/[0-9a-f]{32}\.png$/],
    ["ALI_PC", { payDataType: "form" }, "form", /^<form /],
    ["WX_LITE", { openid: "o1" }, "wxapp", /^\{"appId"/],
    ["ALI_LITE", { buyerUserId: "2088" }, "aliapp", /alipayTradeNo/],
    ["YSF_JSAPI", {}, "ysfapp", /redirectUrl/],
  ])("%s with %j answers %s", async (wayCode, extra, payDataType, payData) => {
    const { answer } = await place({ wayCode, channelExtra: JSON.stringify(extra) });
    expect(answer.data).toMatchObject({ orderState: 1, payDataType, payData: expect.stringMatching(payData) });
  });

  test.each([
    ["134567890123456780", 2],
    ["134567890123456785", 2],
    ["134567890123456786", 1],
    ["134567890123456789", 3],
  ])("the bar code %s leads to state %i", async (authCode, orderState) => {
    const { mchOrderNo, answer } = await place({ wayCode: "AUTO_BAR", channelExtra: JSON.stringify({ authCode }) });
    expect(answer.data?.orderState).toBe(orderState);
    expect(answer.data?.payData).toBe(orderState === 3 ? undefined : "");
    expect(await sandbox.control("GET", `orders/${mchOrderNo}`)).toMatchObject({ wayCode: "WX_BAR" });
  });

  test("a bar code that waits is paid a little later", async () => {
    const channelExtra = '{"authCode":"6222333344445555667"}';
    const { mchOrderNo } = await place({ wayCode: "AUTO_BAR", channelExtra });
    expect(await stateOf(mchOrderNo)).toBe(1);
    await sandbox.control("POST", "clock", { advanceMs: 5000 });
    expect(await stateOf(mchOrderNo)).toBe(2);
  });

  test("an aggregated cashier's order stays in state 0 until the payer has chosen", async () => {
    const { answer } = await place({ wayCode: "QR_CASHIER" });
    expect(answer.data?.orderState).toBe(0);
  });
});

describe("the end of an order", () => {
  test("close ends an unpaid one with an empty signed object, and refuses any other", async () => {
    const { mchOrderNo } = await place();
    const closed = await sandbox.call("/api/pay/close", { mchOrderNo });
    expect(closed).toMatchObject({ code: 0, data: {} });
    expect(verifyDetached({}, closed.sign ?? null, sandbox.app.secret)).toBe(true);
    expect(await stateOf(mchOrderNo)).toBe(6);
    expect((await sandbox.call("/api/pay/close", { mchOrderNo })).msg).toBe("当前订单不可关闭");
    expect((await sandbox.call("/api/pay/close", {})).msg).toBe("mchOrderNo 和 payOrderId 不能同时为空");
  });

  test("an order expires by the sandbox's clock, not a second earlier", async () => {
    const { mchOrderNo } = await place({ expiredTime: "180" });
    await sandbox.control("POST", "clock", { advanceMs: 170_000 });
    expect(await stateOf(mchOrderNo)).toBe(1);
    await sandbox.control("POST", "clock", { advanceMs: 10_000 });
    expect(await stateOf(mchOrderNo)).toBe(6);
  });

  test("cancel reverses a paid order on its day in Hong Kong and on no other", async () => {
    const dayMs = 86_400_000;
    const { now, offsetMs } = await sandbox.control<{ now: number; offsetMs: number }>("GET", "knobs");
    const hourBeforeMidnight = Math.ceil((now + 8 * 3_600_000) / dayMs) * dayMs - 9 * 3_600_000;
    await sandbox.control("POST", "clock", { offsetMs: offsetMs + hourBeforeMidnight - now });
    const [sameDay, dayAfter, unpaid] = [await place(), await place(), await place()];
    for (const { mchOrderNo } of [sameDay, dayAfter]) await sandbox.control("POST", "pay", { mchOrderNo });

    const { payOrderId } = (await sandbox.call(query, { mchOrderNo: sameDay.mchOrderNo })).data ?? {};
    const cancelled = await sandbox.call("/api/pay/cancel", { payOrderId });
    expect(cancelled).toMatchObject({ code: 0, data: { payOrderId, state: 4 } });
    expect(await stateOf(sameDay.mchOrderNo)).toBe(4);
    expect((await sandbox.call("/api/pay/cancel", { mchOrderNo: unpaid.mchOrderNo })).code).toBe(9999);

    await sandbox.control("POST", "clock", { advanceMs: 3_600_000 });
    expect((await sandbox.call("/api/pay/cancel", { mchOrderNo: dayAfter.mchOrderNo })).msg).toBe(
      "仅支持撤销当日完成的订单",
    );
    expect(await stateOf(dayAfter.mchOrderNo)).toBe(2);
  });

  test("a payment after the end is told to nobody who only asks", async () => {
    const { mchOrderNo } = await place();
    await sandbox.call("/api/pay/close", { mchOrderNo });
    await sandbox.control("POST", "pay", { mchOrderNo });
    expect(await stateOf(mchOrderNo)).toBe(6);
    expect(await sandbox.control("GET", `orders/${mchOrderNo}`)).toMatchObject({ isPaidLate: true });
    await expect(sandbox.control("POST", "pay", { mchOrderNo })).rejects.toThrow("409");
  });

  test("a form is as good as JSON", async () => {
    const { mchOrderNo } = await place();
    const fields = {
      mchNo: sandbox.merchant.mchNo,
      appId: sandbox.app.appId,
      mchOrderNo,
      reqTime: "1",
      version: "1.0",
      signType: "MD5",
    };
    const form = new URLSearchParams({ ...fields, sign: sign(fields, sandbox.app.secret) });
    const response = await fetch(`${sandbox.url}${query}`, { method: "POST", body: form });
    expect(((await response.json()) as { data: unknown }).data).toMatchObject({ mchOrderNo, state: 1 });
    expect((await fetch(`${sandbox.url}${query}?${form}`)).status).toBe(200);
  });
});
