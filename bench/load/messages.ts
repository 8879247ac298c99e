import { createHash } from "node:crypto";

/** Whose messages they are. The secret is invented. */
export type Sender = { mchNo: string; appId: string; secret: string };

/**
 * What kind of message: about an order that is known, about none that is known, or one whose signature holds and whose
 * fields can be split in two ways.
 */
export type Shape = "known" | "unknown-order" | "ambiguous";

/** The order number of a bench's payment. */
export const orderNoOf = (index: number) => `B-${String(index).padStart(9, "0")}`;

/** The gateway's number of a bench's payment. */
export const payOrderIdOf = (index: number) => `P19${String(index).padStart(16, "0")}`;

/** Minor units. */
export const amountOf = (index: number) => 1_000 + (index % 9_000);

/**
 * The body of a signed payment notification in the gateway's form encoding, different for every index. Signed here and
 * not by the product, so that a load with a wrong signature could not look like one with a right signature.
 *
 * Source: gateway-protocol 2.2 and 6.3.
 */
export function messageOf({ mchNo, appId, secret }: Sender, index: number, shape: Shape = "known"): string {
  const at = 1_767_225_600_000 + index * 1_000;
  const fields: Record<string, string> = {
    amount: String(amountOf(index)),
    appId,
    body: shape === "ambiguous" ? "Coffee x1&state=3" : "Coffee x1",
    channelOrderNo: `42000000002026${String(index).padStart(14, "0")}`,
    clientIp: "203.0.113.7",
    createdAt: String(at + 1_000),
    currency: "HKD",
    ifCode: "wxpay",
    mchNo,
    mchOrderNo: shape === "unknown-order" ? orderNoOf(index).replace("B", "U") : orderNoOf(index),
    payOrderId: payOrderIdOf(index),
    reqTime: String(at + 55_321),
    state: "2",
    subject: "Coffee",
    successTime: String(at + 55_000),
    wayCode: "WX_QR",
  };
  const signed = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .join("&");
  const sign = createHash("md5").update(`${signed}&key=${secret}`, "utf8").digest("hex").toUpperCase();
  return new URLSearchParams({ ...fields, sign }).toString();
}
