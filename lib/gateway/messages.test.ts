import { expect, test } from "vitest";
import { explainMessage, explainStrangeAnswer, isCertainRefusal } from "./messages";

test.each([
  ["验签失败", "signature"],
  ["版本号不能为空", "envelope"],
  ["商户应用ID不能为空", "envelope"],
  ["商户订单号不能为空", "request"],
  ["商户退款单号不能为空", "request"],
  ["支付金额不能为空", "request"],
  ["参数有误[转换异常]", "request"],
  ["商户或商户应用不存在", "credentials"],
  ["参数appId与商户号不匹配", "credentials"],
  ["不支持RSA签名方式", "credentials"],
  ["不支持的支付方式", "routing"],
  ["商户应用不支持该支付方式", "routing"],
  ["商户应用参数未配置", "routing"],
  ["当前通道不支持退款！", "routing"],
  ["商户订单[P-1]已存在", "duplicate"],
  ["商户退款订单号[R-1]已存在", "duplicate"],
  ["异步通知地址协议仅支持http:// 或 https:// !", "request"],
  ["[openId]不可为空", "channel-extra"],
  ["用户支付条码[authCode]不可为空", "channel-extra"],
  ["不支持的条码", "channel-extra"],
  ["mchOrderNo 和 payOrderId不能同时为空", "request"],
  ["订单不存在", "not-found"],
  ["退款订单不存在", "not-found"],
  ["当前订单不可关闭", "state"],
  ["订单状态不正确， 无法完成退款", "state"],
  ["订单已全额退款，本次申请失败", "state"],
  ["支付订单具有在途退款申请，请稍后再试", "state"],
  ["申请金额超出订单可退款余额，请检查退款金额", "amount"],
  ["退款金额请大于1分", "amount"],
  ["系统异常[商户订单号不能为空]", "system"],
  ["数据库服务异常", "system"],
])("%s is about %s", (message, expected) => {
  expect(explainMessage(message)?.class).toBe(expected);
});

test.each([
  "IP不在白名单内",
  "请求IP[198.51.100.7]不允许访问",
  "非法IP",
  "The IP 198.51.100.7 is not allowed",
  "ip not in whitelist: 2001:db8::7",
])("%s looks like the gateway's whitelist, and nothing certain follows from it", (message) => {
  const explanation = explainMessage(message);
  expect(explanation?.class).toBe("whitelist");
  expect(isCertainRefusal("9999", explanation)).toBe(false);
});

test("an address that the gateway's whitelist names is shown", () => {
  const english = (message: string) => explainMessage(message)?.english;
  expect(english("请求IP[198.51.100.7]不允许访问")).toMatch(/names our address as 198\.51\.100\.7$/);
  expect(english("ip not in whitelist: 2001:db8::7")).toMatch(/names our address as 2001:db8::7$/);
  expect(english("IP不在白名单内, 12:30")).not.toMatch(/names our address/);
});

test("words that nobody has explained are not explained", () => {
  expect(explainMessage("渠道返回：余额不足")).toBeNull();
  expect(explainMessage("")).toBeNull();
});

test("only a known business refusal is a certain no", () => {
  const certain = (code: string, message: string) => isCertainRefusal(code, explainMessage(message));
  expect(certain("9999", "验签失败")).toBe(true);
  expect(certain("11", "参数有误[转换异常]")).toBe(true);
  expect(certain("9999", "系统异常")).toBe(false);
  expect(certain("9999", "商户订单[1]已存在")).toBe(false);
  expect(certain("9999", "渠道返回：余额不足")).toBe(false);
  expect(certain("10", "验签失败")).toBe(false);
  expect(certain("12", "数据库服务异常")).toBe(false);
  expect(certain("500", "订单不存在")).toBe(false);
});

const page = (words: string) =>
  `<!doctype html><html><head><title>403</title></head><body><p>${words}</p></body></html>`;

test.each([
  [200, page("Your IP 198.51.100.7 is not allowed here."), /IP whitelist, which names our address as 198\.51\.100\.7$/],
  [403, page("IP不在白名单内"), /looks like a refusal by the gateway's IP whitelist$/],
  [
    403,
    "<html>\r\n<h1>403 Forbidden</h1>\r\n<hr>nginx/1.18.0</html>",
    /not on an IP whitelist is often answered with 403$/,
  ],
  [403, page("Access denied for 2001:db8::7 at 12:30:45"), /often answered with 403, and this one names 2001:db8::7$/],
  [403, null, /often answered with 403$/],
])("a page with status %s looks like a refusal by a whitelist", (status, text, expected) => {
  expect(explainStrangeAnswer(status, text)).toMatchObject({
    class: "whitelist",
    english: expect.stringMatching(expected),
  });
});

test.each([
  [502, page("Bad gateway")],
  [200, page("Please sign in. 198.51.100.7")],
  [403, '{"code":9999,"msg":"验签失败"}'],
  [null, null],
])("an answer with status %s like %j is not taken for one", (status, text) => {
  expect(explainStrangeAnswer(status, text)).toBeNull();
});
