import { z } from "zod";

export const MerchantId = z.uuid().brand<"MerchantId">();
export type MerchantId = z.infer<typeof MerchantId>;

export const CredentialId = z.uuid().brand<"CredentialId">();
export type CredentialId = z.infer<typeof CredentialId>;

export const PaymentId = z.uuid().brand<"PaymentId">();
export type PaymentId = z.infer<typeof PaymentId>;

export const RefundId = z.uuid().brand<"RefundId">();
export type RefundId = z.infer<typeof RefundId>;

export const CancelId = z.uuid().brand<"CancelId">();
export type CancelId = z.infer<typeof CancelId>;

export const NotificationId = z.uuid().brand<"NotificationId">();
export type NotificationId = z.infer<typeof NotificationId>;

export const GatewayCallId = z.uuid().brand<"GatewayCallId">();
export type GatewayCallId = z.infer<typeof GatewayCallId>;

export const TimelineEntryId = z.uuid().brand<"TimelineEntryId">();
export type TimelineEntryId = z.infer<typeof TimelineEntryId>;

export const PersonId = z.uuid().brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

export const SessionId = z.uuid().brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

/** Our number for a payment. The gateway refuses one it has seen, so sending twice never pays twice. */
export const MchOrderNo = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,30}$/)
  .brand<"MchOrderNo">();
export type MchOrderNo = z.infer<typeof MchOrderNo>;

/** Our number for a refund, unique per merchant for ever; every retry of the refund repeats it. */
export const MchRefundNo = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,30}$/)
  .brand<"MchRefundNo">();
export type MchRefundNo = z.infer<typeof MchRefundNo>;

/**
 * A new id (UUID version 7): made here and not by the database, so that a row has its name before it exists,
 * and ordered by time, so that new rows stand together in every index.
 */
export function newId<Schema extends z.ZodType>(schema: Schema, now: Date = new Date()): z.infer<Schema> {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = now.getTime();
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(time / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return schema.parse(text) as z.infer<Schema>;
}

/** A new order number such as `P-261119-3D8RTX7K`: a day in Hong Kong and 40 random bits, easy to read aloud. */
export function newMchOrderNo(now: Date = new Date()): MchOrderNo {
  return MchOrderNo.parse(`P-${dayInHongKong(now)}-${randomLetters(8)}`);
}

/** A new refund number such as `R-261119-9T4KXW2M`. */
export function newMchRefundNo(now: Date = new Date()): MchRefundNo {
  return MchRefundNo.parse(`R-${dayInHongKong(now)}-${randomLetters(8)}`);
}

function dayInHongKong(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll("-", "");
}

// Crockford's alphabet: no I, L, O or U, so nothing is mistaken for a digit or spells a word.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function randomLetters(count: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => letters[byte % 32]).join("");
}
