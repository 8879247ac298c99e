import type { Order } from "./records";

type PayDataType = "payurl" | "form" | "codeUrl" | "codeImgUrl" | "wxapp" | "aliapp" | "ysfapp" | "none";

/** A way of paying: what it may answer with (the first is the default) and what it needs in channelExtra. */
export type Way = {
  ifCode: string | null;
  offers: readonly [PayDataType, ...PayDataType[]];
  needs: { member: string; orElse: string } | null;
};

const authCode = { member: "authCode", orElse: "用户支付条码[authCode]不可为空" };
const openid = { member: "openid", orElse: "[openid]不可为空" };
const buyerUserId = { member: "buyerUserId", orElse: "[buyerUserId]不可为空" };
const userId = { member: "userId", orElse: "用户ID不能为空" };

function way(ifCode: string | null, offers: Way["offers"], needs: Way["needs"] = null): Way {
  return { ifCode, offers, needs };
}

/** Source: gateway-protocol 4.1 and 4.2; the interface codes are the reference server's. */
export const ways: Readonly<Record<string, Way>> = {
  UP_OP: way("unionpay", ["payurl"]),
  ALI_H5: way("alipay", ["payurl"]),
  WX_H5: way("wxpay", ["payurl", "codeUrl", "codeImgUrl"]),
  WX_QR: way("wxpay", ["codeUrl", "codeImgUrl"]),
  WX_NATIVE: way("wxpay", ["codeUrl", "codeImgUrl"]),
  ALI_QR: way("alipay", ["codeUrl", "codeImgUrl"]),
  ALI_OC: way("alipay", ["codeUrl", "codeImgUrl"]),
  YSF_QR: way("ysfpay", ["codeImgUrl", "codeUrl"]),
  UP_QR: way("unionpay", ["codeUrl", "codeImgUrl"]),
  QR_CASHIER: way(null, ["payurl", "codeImgUrl"]),
  AUTO_BAR: way(null, ["none"], authCode),
  ALI_BAR: way("alipay", ["none"], authCode),
  WX_BAR: way("wxpay", ["none"], authCode),
  YSF_BAR: way("ysfpay", ["none"], authCode),
  UP_BAR: way("unionpay", ["none"], authCode),
  ALI_JSAPI: way("alipay", ["aliapp"], buyerUserId),
  ALI_LITE: way("alipay", ["aliapp"], buyerUserId),
  ALI_APP: way("alipay", ["aliapp"]),
  ALI_WAP: way("alipay", ["payurl", "form", "codeImgUrl"]),
  ALI_PC: way("alipay", ["payurl", "form"]),
  WX_JSAPI: way("wxpay", ["wxapp"], openid),
  WX_LITE: way("wxpay", ["wxapp"], openid),
  WX_APP: way("wxpay", ["wxapp"]),
  YSF_JSAPI: way("ysfpay", ["ysfapp"]),
  UP_JSAPI: way("unionpay", ["ysfapp"], userId),
  UP_APP: way("unionpay", ["payurl", "form"]),
  UP_WAP: way("unionpay", ["payurl", "form"]),
  UP_PC: way("unionpay", ["form", "payurl"]),
  UP_B2B: way("unionpay", ["form", "payurl"]),
  PP_PC: way("pppay", ["payurl"]),
};

export function isBarcode(wayCode: string): boolean {
  return ways[wayCode]?.needs === authCode;
}

/** The way that a payer's bar code belongs to, by its digits; `null` for none. Source: gateway-protocol 4.2, notes. */
export function wayOfBarcode(code: string): string | null {
  if (/^1[0-5][0-9]{16}$/.test(code)) return "WX_BAR";
  if (/^(?:2[5-9]|30)[0-9]{14,22}$/.test(code)) return "ALI_BAR";
  return /^62[0-9]{17}$/.test(code) ? "YSF_BAR" : null;
}

/** How the pretend channel answers a bar code: 0 to 5 paid, 6 and 7 the payer must confirm, 8 and 9 declined. */
export function stateOfBarcode(code: string): 1 | 2 | 3 {
  const last = Number(code.slice(-1));
  if (last <= 5) return 2;
  return last <= 7 ? 1 : 3;
}

/** What the payer is given. `base` is the sandbox's own address without a slash at its end. */
export function payDataFor(order: Order, asked: string | null, base: string): { payDataType: string; payData: string } {
  const offers = ways[order.wayCode]?.offers ?? ["payurl"];
  const payDataType = offers.find((offer) => offer.toLowerCase() === asked?.toLowerCase()) ?? offers[0];
  return { payDataType, payData: payDataText(payDataType, order, base) };
}

function payDataText(type: PayDataType, order: Order, base: string): string {
  const cashier = `${base}/cashier/${order.token}`;
  switch (type) {
    case "payurl":
    case "codeUrl":
      return cashier;
    case "codeImgUrl":
      return `${base}/api/scan/imgs/${order.token}.png`;
    case "form":
      return `<form id="pay" action="${cashier}" method="get"></form><script>document.getElementById("pay").submit()</script>`;
    case "ysfapp":
      return JSON.stringify({ redirectUrl: cashier });
    case "aliapp":
      return JSON.stringify({ alipayTradeNo: `2026${order.payOrderId.slice(1)}`, cashierUrl: cashier });
    case "wxapp":
      return JSON.stringify({
        appId: "wx0000000000sandbox",
        timeStamp: String(Math.floor(order.createdAt / 1000)),
        nonceStr: order.token,
        package: `prepay_id=${order.payOrderId}`,
        signType: "RSA",
        paySign: "made-by-the-sandbox",
        cashierUrl: cashier,
      });
    case "none":
      return "";
  }
}
