import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { MchOrderNo, MchRefundNo } from "@/lib/domain/ids";
import { HKD, MinorUnits } from "@/lib/domain/money";
import { Secret } from "@/lib/domain/secret";
import { createGatewayClient, type GatewaySettings } from "./client";
import { readFields } from "./fields";
import { sign, verify } from "./signature";
import type { PaymentRequest } from "./wire/requests";

// Invented for these tests.
const secret = new Secret("MARKER-secret-of-no-real-merchant-0123456789");

const payment: PaymentRequest = {
  mchOrderNo: MchOrderNo.parse("P-261119-3D8RTX7K"),
  wayCode: "WX_QR",
  amount: MinorUnits.parse(1050),
  currency: HKD,
  subject: "Coffee 咖啡",
  body: "Coffee x1",
};

let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A gateway that behaves as told, and a client for it. */
async function gateway(listener: RequestListener, settings: Partial<GatewaySettings> = {}) {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const { port } = started.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const sender = { mchNo: "M1621873433953", appId: "60cc09bce4b0f1c0b83761c9" };
  return { port, client: createGatewayClient({ baseUrl, ...sender, secret, timeoutMs: 20_000, ...settings }) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function answerText(response: ServerResponse, text: string | Buffer, headers: Record<string, string> = {}) {
  response.writeHead(200, { "content-type": "application/json", ...headers }).end(text);
}

/** A signed success, as the protocol shapes it. */
function success(data: Record<string, unknown>, key = secret.reveal()): string {
  return JSON.stringify({ code: 0, msg: "SUCCESS", data, sign: sign(data, key) });
}

const created = {
  mchOrderNo: payment.mchOrderNo,
  orderState: 1,
  payDataType: "codeUrl",
  payData: "weixin://x?a=1&b=2",
  payOrderId: "P19",
};

describe.each(["json", "form"] as const)("a request sent as %s", (encoding) => {
  test("is one signed flat map that asks for JSON, without a field that is empty", async () => {
    const seen: {
      method: string | undefined;
      path: string | undefined;
      headers: IncomingMessage["headers"];
      body: string;
    }[] = [];
    const { client } = await gateway(
      async (request, response) => {
        seen.push({ method: request.method, path: request.url, headers: request.headers, body: await bodyOf(request) });
        answerText(response, success(created));
      },
      { encoding, now: () => new Date(1767225600000) },
    );
    const { result, record } = await client.createPayment({ ...payment, extParam: undefined, clientIp: "203.0.113.7" });
    const [request] = seen;
    const sent = readFields(request?.body ?? "");
    expect(request).toMatchObject({ method: "POST", path: "/api/pay/unifiedOrder" });
    expect(request?.headers).toMatchObject({ accept: "application/json" });
    expect(verify(sent, secret)).toBe(true);
    expect(sent.textOf("reqTime")).toBe("1767225600000");
    expect(sent.textOf("subject")).toBe("Coffee 咖啡");
    expect(sent.has("extParam")).toBe(false);
    expect(record.sentSign).toBe(sent.textOf("sign"));
    expect(result).toMatchObject({ ok: true, value: { gatewayState: 1, payDataType: "codeurl", payOrderId: "P19" } });
    expect(record).toMatchObject({
      operation: "unifiedOrder",
      httpStatus: 200,
      verification: "valid",
      code: "0",
      msg: "SUCCESS",
    });
    expect(record.startedAt).toEqual(new Date(1767225600000));
  });
});

test("every operation goes to its own path below the base address", async () => {
  const paths: (string | undefined)[] = [];
  const { port } = await gateway((request, response) => {
    paths.push(request.url);
    answerText(response, success({}));
  });
  const client = createGatewayClient({ baseUrl: `http://localhost:${port}/gw/`, mchNo: "M1", appId: "a1", secret });
  const order = { mchOrderNo: "A 1" };
  await client.queryPayment(order);
  await client.closePayment(order);
  await client.cancelPayment(order);
  const mchRefundNo = MchRefundNo.parse("R1");
  await client.refundPayment({
    ...order,
    mchRefundNo,
    refundAmount: MinorUnits.parse(1),
    currency: HKD,
    refundReason: "x",
  });
  await client.queryRefund({ mchRefundNo });
  expect(paths).toEqual([
    "/gw/api/pay/query",
    "/gw/api/pay/close",
    "/gw/api/pay/cancel",
    "/gw/api/refund/refundOrder",
    "/gw/api/refund/query",
  ]);
});

test("the empty signed object that answers a close is believed", async () => {
  const { client } = await gateway((_, response) => answerText(response, success({})));
  const { result } = await client.closePayment({ mchOrderNo: "A1" });
  expect(result).toMatchObject({ ok: true, value: { gatewayState: null, payOrderId: null } });
});

test("success of the call with a declined order is an answer, not a failure", async () => {
  const data = { mchOrderNo: "A1", orderState: 3, errCode: "DECLINED", errMsg: "余额不足" };
  const { client } = await gateway((_, response) => answerText(response, success(data)));
  const { result } = await client.createPayment(payment);
  expect(result).toMatchObject({ ok: true, value: { gatewayState: 3, errCode: "DECLINED", errMsg: "余额不足" } });
});

test("numbers are read from JSON numbers and from texts, and unknown states and fields are kept", async () => {
  const data = {
    state: "17",
    amount: "1050",
    createdAt: 1767225601000,
    successTime: "1767225655000",
    storeId: "S-7",
    refundable: null,
  };
  const { client } = await gateway((_, response) => answerText(response, success(data)));
  const { result } = await client.queryPayment({ mchOrderNo: "A1" });
  expect(result).toMatchObject({
    ok: true,
    value: {
      gatewayState: 17,
      amount: 1050,
      createdAt: new Date(1767225601000),
      successTime: new Date(1767225655000),
      extra: { storeId: "S-7" },
      oddFields: [],
    },
  });
});

test("a number in a form that only looks like one is not guessed", async () => {
  const data = { state: "2.0", amount: "1e3", createdAt: " 1" };
  const { client } = await gateway((_, response) => answerText(response, success(data)));
  const { result } = await client.queryPayment({ mchOrderNo: "A1" });
  expect(result).toMatchObject({ ok: true, value: { gatewayState: null, amount: null, createdAt: null } });
  expect(result.ok && result.value.oddFields).toEqual(["amount", "state", "createdAt"]);
});

describe("an answer that proves nothing leaves the outcome open", () => {
  const signedByOther = success(created, "another-secret-entirely");
  const cases: [string, RequestListener, Record<string, unknown>][] = [
    [
      "HTML",
      (_, r) => answerText(r, "<html>", { "content-type": "text/html" }),
      { kind: "unreadable", reason: "markup" },
    ],
    ["XML", (_, r) => answerText(r, "<?xml version='1.0'?><code>0</code>"), { kind: "unreadable", reason: "markup" }],
    ["garbage", (_, r) => answerText(r, "code=0"), { kind: "unreadable", reason: "not-json" }],
    ["half of a JSON text", (_, r) => answerText(r, '{"code":0,"data":{'), { kind: "unreadable", reason: "not-json" }],
    [
      "bytes that are not UTF-8",
      (_, r) => answerText(r, Buffer.from([0x7b, 0xff])),
      { kind: "unreadable", reason: "not-utf8" },
    ],
    ["nothing", (_, r) => answerText(r, ""), { kind: "unreadable", reason: "empty-body" }],
    ["no code", (_, r) => answerText(r, '{"msg":"SUCCESS"}'), { kind: "unreadable", reason: "no-code" }],
    ["no data", (_, r) => answerText(r, '{"code":0,"msg":"SUCCESS"}'), { kind: "unreadable", reason: "no-data" }],
    [
      "data that is a list",
      (_, r) => answerText(r, '{"code":0,"data":[]}'),
      { kind: "unreadable", reason: "data-not-an-object" },
    ],
    [
      "a name that stands twice",
      (_, r) => answerText(r, success({ state: 1 }).replace('"state":1', '"state":1,"state":2')),
      { kind: "unreadable", reason: "repeated-names" },
    ],
    [
      "deep nesting",
      (_, r) => answerText(r, `{"code":${"[".repeat(9000)}`),
      { kind: "unreadable", reason: "not-json" },
    ],
    ["a wrong signature", (_, r) => answerText(r, signedByOther), { kind: "bad-signature", signature: "invalid" }],
    [
      "no signature",
      (_, r) => answerText(r, '{"code":0,"data":{"state":2}}'),
      { kind: "bad-signature", signature: "missing" },
    ],
    [
      "an empty signature",
      (_, r) => answerText(r, '{"code":0,"data":{},"sign":""}'),
      { kind: "bad-signature", signature: "missing" },
    ],
    [
      "a signature that is a list",
      (_, r) => answerText(r, '{"code":0,"data":{},"sign":[]}'),
      { kind: "bad-signature", signature: "invalid" },
    ],
    ["status 502", (_, r) => r.writeHead(502).end("Bad Gateway"), { kind: "http-error", status: 502 }],
    [
      "status 404 with a good answer",
      (_, r) => r.writeHead(404).end(success(created)),
      { kind: "http-error", status: 404 },
    ],
    [
      "system trouble",
      (_, r) => answerText(r, '{"code":9999,"msg":"系统异常"}'),
      { kind: "gateway-fault", code: "9999" },
    ],
    ["code 10", (_, r) => answerText(r, '{"code":"10","msg":"系统异常[x]"}'), { kind: "gateway-fault", code: "10" }],
    ["code 12", (_, r) => answerText(r, '{"code":12,"msg":"数据库服务异常"}'), { kind: "gateway-fault", code: "12" }],
    ["words nobody has explained", (_, r) => answerText(r, '{"code":9999,"msg":"渠道忙"}'), { kind: "gateway-fault" }],
    [
      "a number that is taken",
      (_, r) => answerText(r, '{"code":9999,"msg":"商户订单[P1]已存在"}'),
      { kind: "duplicate" },
    ],
  ];

  test.each(cases)("%s", async (_, listener, expected) => {
    const { client } = await gateway(listener);
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { ...expected, next: "ask" } });
    expect(record.verification).not.toBe("valid");
  });

  test("a redirect is not followed", async () => {
    const visited: (string | undefined)[] = [];
    const { client } = await gateway((request, response) => {
      visited.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({
      ok: false,
      error: { kind: "redirected", next: "ask", status: 307, location: "/elsewhere" },
    });
    expect(record.httpStatus).toBe(307);
    expect(visited).toEqual(["/api/pay/unifiedOrder"]);
  });

  test("a gateway that never answers", async () => {
    const { client } = await gateway(() => undefined, { timeoutMs: 80 });
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "timed-out", next: "ask", afterMs: 80 } });
    expect(record.httpStatus).toBeNull();
  });

  test("an answer that comes in drops is cut off by the same deadline", async () => {
    const { client } = await gateway(
      (_, response) => {
        response.writeHead(200);
        const drops = setInterval(() => response.write(" "), 5);
        response.on("close", () => clearInterval(drops));
      },
      { timeoutMs: 150 },
    );
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "timed-out", next: "ask" } });
    expect(record.httpStatus).toBe(200);
  });

  test("an endless answer is read up to the limit only", async () => {
    const { client } = await gateway(
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
        };
        response.on("drain", more);
        more();
      },
      { maxAnswerBytes: 100_000 },
    );
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "too-large", next: "ask", limitBytes: 100_000 } });
    expect(record.answerText).toHaveLength(65_536);
  });

  test("a small answer that unpacks to a huge one is read up to the limit only", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const { client } = await gateway((_, response) => answerText(response, bomb, { "content-encoding": "gzip" }));
    const { result } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "too-large", next: "ask" } });
  });

  test("a connection that breaks before the request is read", async () => {
    const { client } = await gateway(() => undefined);
    server?.on("connection", (socket) => socket.destroy());
    const { result } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "interrupted", next: "ask" } });
  });

  test("a connection that breaks after the request was read", async () => {
    const { client } = await gateway(async (request) => {
      await bodyOf(request);
      request.socket.destroy();
    });
    const { result } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "interrupted", next: "ask" } });
  });

  test("a connection that breaks in the middle of the answer", async () => {
    const { client } = await gateway((request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"code":0', () => request.socket.destroy());
    });
    const { result, record } = await client.createPayment(payment);
    expect(result).toMatchObject({ ok: false, error: { kind: "interrupted", next: "ask" } });
    expect(record.answerText).toBe('{"code":0');
  });
});

describe("a request that certainly did nothing", () => {
  test.each([
    ["验签失败", "signature"],
    ["商户应用不支持该支付方式", "routing"],
    ["订单不存在", "not-found"],
    ["支付订单具有在途退款申请，请稍后再试", "state"],
  ])("was refused with %s", async (msg, messageClass) => {
    const { client } = await gateway((_, response) => answerText(response, JSON.stringify({ code: 9999, msg })));
    const { result, record } = await client.queryPayment({ mchOrderNo: "A1" });
    expect(result).toEqual({
      ok: false,
      error: { kind: "refused", next: "stop", code: "9999", message: msg, class: messageClass },
    });
    expect(record.verification).toBe("not-signed");
  });

  test("found nobody listening", async () => {
    const { client } = await gateway(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const { result } = await client.createPayment(payment);
    expect(result).toEqual({ ok: false, error: { kind: "unreachable", next: "retry", reason: "ECONNREFUSED" } });
  });

  test("found a host that does not speak TLS", async () => {
    const { port } = await gateway((_, response) => answerText(response, success(created)));
    const client = createGatewayClient({ baseUrl: `https://127.0.0.1:${port}`, mchNo: "M1", appId: "a1", secret });
    expect((await client.createPayment(payment)).result).toMatchObject({
      ok: false,
      error: { kind: "unreachable", next: "retry" },
    });
  });

  test("was held back by our own check", async () => {
    const seen: unknown[] = [];
    const { client } = await gateway((request) => seen.push(request.url));
    const { result, record } = await client.createPayment({ ...payment, subject: "Tea & cake" });
    expect(result).toMatchObject({
      ok: false,
      error: { kind: "invalid-request", next: "stop", problems: [{ field: "subject" }] },
    });
    expect(record).toMatchObject({ sentSign: null, httpStatus: null, verification: "none" });
    expect(seen).toEqual([]);
  });
});

test("a record shows neither the secret nor a payment code nor a whole card number", async () => {
  const { client } = await gateway(async (request, response) => {
    const echo = await bodyOf(request);
    answerText(response, JSON.stringify({ code: 9999, msg: `参数有误 ${secret.reveal()} 6222021234567890123`, echo }));
  });
  const channelExtra = '{"accNo":"6222021234567890123","authCode":"134567890123456789"}';
  const call = await client.createPayment({ ...payment, channelExtra });
  const shown = JSON.stringify(call);
  expect(shown).not.toContain(secret.reveal());
  expect(shown).not.toContain("134567890123456789");
  expect(shown).not.toContain("6222021234567890123");
  expect(call.record.requestFields["channelExtra"]).toBe('{"accNo":"622202*********0123","authCode":"******"}');
  expect(call.record.canonicalText).toContain("key=<key>");
});

test("settings that cannot work are refused at once", () => {
  const good = { baseUrl: "https://gateway.example", mchNo: "M1", appId: "a1", secret };
  expect(() => createGatewayClient({ ...good, baseUrl: "http://gateway.example" })).toThrow(RangeError);
  expect(() => createGatewayClient({ ...good, secret: new Secret("") })).toThrow(RangeError);
  expect(() => createGatewayClient({ ...good, mchNo: "" })).toThrow(RangeError);
  expect(() => createGatewayClient(good)).not.toThrow();
});
