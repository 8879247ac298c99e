/** How payer and merchant meet. The columns of the way matrix, and a last one for what a shop's own software uses. */
type Manner = "payer-scans" | "we-scan" | "phone-browser" | "card-page" | "app";

/** Something a way needs beside the order itself. It travels in `channelExtra` under `name`. */
export type WayExtra = {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "select" | "scan";
  readonly isRequired: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly help?: string;
  /** Few accounts ever set it, so it stands among the advanced fields. */
  readonly isRare?: true;
};

export type Way = {
  readonly code: string;
  readonly wallet: Wallet;
  readonly manner: Manner;
  /** A few words below the code. */
  readonly hint: string;
  /** What the payer does, as a sentence for the person at the counter. */
  readonly payerDoes: string;
  readonly extras: readonly WayExtra[];
  /** The payer's own address takes part (WeChat checks it). */
  readonly needsClientIp?: true;
};

/** The ways a counter uses. They stand in the matrix; the others are one step further away. */
export const commonWayCodes: readonly string[] =
  "WX_QR WX_BAR WX_H5 ALI_QR ALI_BAR ALI_H5 YSF_QR YSF_BAR UP_OP QR_CASHIER AUTO_BAR".split(" ");

export const wallets = ["WeChat Pay", "Alipay, AlipayHK", "UnionPay", "Any wallet", "PayPal"] as const;
export type Wallet = (typeof wallets)[number];

export const manners: readonly { readonly manner: Manner; readonly label: string }[] = [
  { manner: "payer-scans", label: "Payer scans our code" },
  { manner: "we-scan", label: "We scan payer’s code" },
  { manner: "phone-browser", label: "In a phone browser" },
  { manner: "card-page", label: "Card page" },
  { manner: "app", label: "From an app" },
];

const authCode: WayExtra = {
  name: "authCode",
  label: "Payer’s code",
  kind: "scan",
  isRequired: true,
  help: "Scan the code on the payer’s phone, or type its digits",
};

const openid: WayExtra = {
  name: "openid",
  label: "openid",
  kind: "text",
  isRequired: true,
  help: "WeChat’s id of the payer for your app",
};

const isSubOpenId: WayExtra = {
  name: "isSubOpenId",
  label: "Whose openid",
  kind: "select",
  isRequired: false,
  options: [
    { value: "", label: "Not said" },
    { value: "0", label: "Of the main app" },
    { value: "1", label: "Of the sub app" },
  ],
};

const buyerUserId: WayExtra = {
  name: "buyerUserId",
  label: "buyerUserId",
  kind: "text",
  isRequired: true,
  help: "Alipay’s id of the payer",
};

const answerKinds = {
  payUrl: "Link",
  codeUrl: "Text for a QR code",
  codeImgUrl: "Address of a QR image",
  form: "Form for a browser",
} as const;

/** In which shape the gateway hands out the next step. */
function answerAs(...kinds: (keyof typeof answerKinds)[]): WayExtra {
  const options = kinds.map((kind) => ({ value: kind, label: answerKinds[kind] }));
  return {
    name: "payDataType",
    label: "Answer as",
    kind: "select",
    isRequired: false,
    options: [{ value: "", label: "As the gateway likes" }, ...options],
    isRare: true,
  };
}

/**
 * The ways we know by name. EasyLink's full list is not public, so a way code stays free text everywhere and this list
 * only says what is worth asking for.
 *
 * Source: gateway-protocol 4.1 (seen at EasyLink) and 4.2 (Jeepay).
 */
export const ways: readonly Way[] = [
  // WeChat Pay
  way("WX_QR", "WeChat Pay", "payer-scans", "QR on screen", "Payer opens WeChat and scans", [answerAs("codeUrl")]),
  way("WX_NATIVE", "WeChat Pay", "payer-scans", "QR, Jeepay’s name", "Payer opens WeChat and scans", [
    answerAs("codeUrl", "codeImgUrl"),
  ]),
  way("WX_BAR", "WeChat Pay", "we-scan", "scanner gun", "Payer shows the WeChat payment code", [authCode]),
  {
    ...way("WX_H5", "WeChat Pay", "phone-browser", "link, needs IP", "Payer opens the link on a phone", [
      {
        name: "appid",
        label: "appid",
        kind: "text",
        isRequired: false,
        help: "Only if your account asks for it",
        isRare: true,
      },
      answerAs("payUrl", "codeUrl", "codeImgUrl"),
    ]),
    needsClientIp: true,
  },
  way("WX_JSAPI", "WeChat Pay", "app", "official account", "Your page inside WeChat uses the answer", [
    openid,
    isSubOpenId,
  ]),
  way("WX_LITE", "WeChat Pay", "app", "mini program", "Your mini program uses the answer", [openid, isSubOpenId]),
  way("WX_APP", "WeChat Pay", "app", "native app", "Your app uses the answer", []),

  // Alipay
  way("ALI_QR", "Alipay, AlipayHK", "payer-scans", "QR on screen", "Payer opens Alipay and scans", [
    answerAs("codeUrl", "codeImgUrl"),
  ]),
  way("ALI_OC", "Alipay, AlipayHK", "payer-scans", "order code", "Payer opens Alipay and scans", [
    answerAs("codeUrl", "codeImgUrl"),
  ]),
  way("ALI_BAR", "Alipay, AlipayHK", "we-scan", "scanner gun", "Payer shows the Alipay payment code", [authCode]),
  way("ALI_H5", "Alipay, AlipayHK", "phone-browser", "link, HK or CN", "Payer opens the link on a phone", [
    {
      name: "walletType",
      label: "Wallet",
      kind: "select",
      isRequired: false,
      options: [
        { value: "", label: "Not said (works as HK)" },
        { value: "HK", label: "AlipayHK" },
        { value: "CN", label: "Alipay of mainland China" },
      ],
    },
  ]),
  way("ALI_WAP", "Alipay, AlipayHK", "phone-browser", "mobile site", "Payer opens the link on a phone", [
    answerAs("payUrl", "form", "codeImgUrl"),
  ]),
  way("ALI_PC", "Alipay, AlipayHK", "card-page", "desktop site", "Payer pays on Alipay’s page", [
    answerAs("payUrl", "form"),
  ]),
  way("ALI_JSAPI", "Alipay, AlipayHK", "app", "service window", "Your page inside Alipay uses the answer", [
    buyerUserId,
  ]),
  way("ALI_LITE", "Alipay, AlipayHK", "app", "mini program", "Your mini program uses the answer", [buyerUserId]),
  way("ALI_APP", "Alipay, AlipayHK", "app", "native app", "Your app uses the answer", []),

  // UnionPay
  way("YSF_QR", "UnionPay", "payer-scans", "QR image", "Payer opens the UnionPay app and scans", [
    answerAs("codeImgUrl", "codeUrl"),
  ]),
  way("UP_QR", "UnionPay", "payer-scans", "QR, Jeepay’s name", "Payer opens the UnionPay app and scans", [
    answerAs("codeUrl", "codeImgUrl"),
  ]),
  way("YSF_BAR", "UnionPay", "we-scan", "scanner gun", "Payer shows the UnionPay payment code", [authCode]),
  way("UP_BAR", "UnionPay", "we-scan", "scanner gun", "Payer shows the UnionPay payment code", [authCode]),
  way("UP_WAP", "UnionPay", "phone-browser", "mobile site", "Payer opens the link on a phone", []),
  way("UP_OP", "UnionPay", "card-page", "hosted page", "Payer enters the card on UnionPay’s page", [
    {
      name: "accNo",
      label: "Card number",
      kind: "text",
      isRequired: false,
      help: "Fills in the card on UnionPay’s page; it is never kept in full",
    },
  ]),
  way("UP_PC", "UnionPay", "card-page", "bank gateway", "Payer pays on UnionPay’s page", []),
  way("UP_B2B", "UnionPay", "card-page", "corporate", "Payer pays on UnionPay’s page", []),
  way("YSF_JSAPI", "UnionPay", "app", "page in the app", "Your page inside the UnionPay app uses the answer", []),
  way("UP_JSAPI", "UnionPay", "app", "UnionPay JS", "Your page inside the UnionPay app uses the answer", [
    { name: "userId", label: "userId", kind: "text", isRequired: true, help: "UnionPay’s id of the payer" },
  ]),
  way("UP_APP", "UnionPay", "app", "native app", "Your app uses the answer", []),

  // Any wallet
  way("QR_CASHIER", "Any wallet", "payer-scans", "payer chooses", "Payer scans and chooses a wallet", [
    answerAs("payUrl", "codeImgUrl"),
  ]),
  way("AUTO_BAR", "Any wallet", "we-scan", "scanner gun", "Payer shows any payment code", [authCode]),

  way("PP_PC", "PayPal", "card-page", "PayPal’s page", "Payer pays on PayPal’s page", [
    {
      name: "cancelUrl",
      label: "cancelUrl",
      kind: "text",
      isRequired: false,
      help: "Where a payer who leaves goes",
      isRare: true,
    },
  ]),
];

const byCode = new Map(ways.map((known) => [known.code, known]));

/** What we know of a way, or `null` for a code nobody has told us about: it may still be sent. */
export function findWay(code: string): Way | null {
  return byCode.get(code) ?? null;
}

/** The extras a way cannot do without and that are not there. An unknown way misses nothing. */
export function missingExtras(code: string, extra: Readonly<Record<string, unknown>>): WayExtra[] {
  const required = findWay(code)?.extras.filter((one) => one.isRequired) ?? [];
  return required.filter(({ name }) => {
    const value = extra[name];
    return value === undefined || value === null || String(value).trim() === "";
  });
}

/** Whether the payer shows a code and we scan it: there is nothing to hand out afterwards. */
export function isBarCodeWay(code: string): boolean {
  return findWay(code)?.manner === "we-scan" || /_BAR$/.test(code);
}

function way(
  code: string,
  wallet: Wallet,
  manner: Manner,
  hint: string,
  payerDoes: string,
  extras: readonly WayExtra[],
): Way {
  return { code, wallet, manner, hint, payerDoes, extras };
}
