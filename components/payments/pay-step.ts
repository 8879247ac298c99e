/** What the payer's next step is made of. */
export type PayStep =
  | { kind: "none" }
  | { kind: "link"; url: string }
  | { kind: "qr"; text: string }
  | { kind: "image"; url: string }
  | { kind: "form"; source: string }
  | { kind: "app"; app: "WeChat" | "Alipay" | "UnionPay"; json: string; redirectUrl: string | null }
  | { kind: "unknown"; type: string; data: string };

/**
 * What to show for the gateway's `payDataType` and `payData`. Types are compared ignoring case, an empty type with a
 * link is a link, and an address that is neither http nor https is shown as text and never as a link.
 *
 * Source: gateway-protocol 4.3.
 */
export function payStepOf(payDataType: string | null, payData: string | null): PayStep {
  const type = (payDataType ?? "").trim();
  const data = payData ?? "";
  if (data.trim() === "") return { kind: "none" };
  const unknown: PayStep = { kind: "unknown", type, data };
  switch (type.toLowerCase()) {
    case "":
    case "payurl":
      return linkOr(data, unknown);
    case "codeurl":
      return { kind: "qr", text: data };
    case "codeimgurl": {
      const url = webAddress(data);
      return url ? { kind: "image", url } : unknown;
    }
    case "form":
      return { kind: "form", source: data };
    case "wxapp":
      return app("WeChat", data);
    case "aliapp":
      return app("Alipay", data);
    case "ysfapp":
      return app("UnionPay", data);
    case "none":
      return { kind: "none" };
    default:
      return unknown;
  }
}

/** The address if a browser may be sent there: nothing but http and https, and no sign-in hidden in it. */
export function webAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  return url.username === "" && url.password === "" ? url.href : null;
}

/** JSON as a person reads it, or the text as it came. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function linkOr(data: string, otherwise: PayStep): PayStep {
  const url = webAddress(data);
  return url ? { kind: "link", url } : otherwise;
}

function app(name: "WeChat" | "Alipay" | "UnionPay", data: string): PayStep {
  return { kind: "app", app: name, json: prettyJson(data), redirectUrl: redirectUrlIn(data) };
}

function redirectUrlIn(json: string): string | null {
  try {
    const parsed: unknown = JSON.parse(json);
    const url = typeof parsed === "object" && parsed !== null && "redirectUrl" in parsed ? parsed.redirectUrl : null;
    return typeof url === "string" ? webAddress(url) : null;
  } catch {
    return null;
  }
}
