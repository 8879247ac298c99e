import { sign } from "@/lib/gateway/signature";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import type { Shop } from "../shop/shop";

export type Fields = Record<string, string>;
export const formType = "application/x-www-form-urlencoded;charset=UTF-8";

/** What arrives at a notify address. */
export type Delivery = { body: string | Uint8Array; query?: string; contentType?: string | null };

/** What an order's message says when it is paid. */
export type Told = { mchOrderNo: string; payOrderId: string; amount: number };

export function paidFields({ sender }: Pick<Shop, "sender">, { mchOrderNo, payOrderId, amount }: Told): Fields {
  return {
    amount: String(amount),
    appId: sender.appId,
    body: "Tea",
    channelOrderNo: "4200000000202601010000000001",
    createdAt: "1790000000000",
    currency: "HKD",
    ifCode: "wxpay",
    mchNo: sender.mchNo,
    mchOrderNo,
    payOrderId,
    reqTime: "1790000000123",
    state: "2",
    subject: "Tea",
    successTime: "1790000000100",
    wayCode: "WX_QR",
  };
}

export function signed(fields: Fields, secret: string): Fields {
  return { ...fields, sign: sign(fields, secret) };
}

export function formOf(fields: Fields | [string, string][]): string {
  return new URLSearchParams(fields).toString();
}

/** Lets the product receive it. Returns its reply. */
export async function deliver(
  credentialId: string,
  kind: string,
  { body, query = "", contentType = formType }: Delivery,
): Promise<string> {
  const { reply } = await receiveNotification({
    ...{ credentialId, kind, query, contentType, headers: [], sourceAddress: "203.0.113.66" },
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
  });
  return reply;
}
