import { z } from "zod";

export const MerchantId = z.uuid().brand<"MerchantId">();
export type MerchantId = z.infer<typeof MerchantId>;

export const CredentialId = z.uuid().brand<"CredentialId">();
export type CredentialId = z.infer<typeof CredentialId>;

export const PaymentId = z.uuid().brand<"PaymentId">();
export type PaymentId = z.infer<typeof PaymentId>;

export const RefundRequestId = z.uuid().brand<"RefundRequestId">();
export type RefundRequestId = z.infer<typeof RefundRequestId>;

export const RefundPlanId = z.uuid().brand<"RefundPlanId">();
export type RefundPlanId = z.infer<typeof RefundPlanId>;

export const RefundId = z.uuid().brand<"RefundId">();
export type RefundId = z.infer<typeof RefundId>;

export const CancelId = z.uuid().brand<"CancelId">();
export type CancelId = z.infer<typeof CancelId>;

export const HoldActId = z.uuid().brand<"HoldActId">();
export type HoldActId = z.infer<typeof HoldActId>;

export const NotificationId = z.uuid().brand<"NotificationId">();
export type NotificationId = z.infer<typeof NotificationId>;

export const ReprocessingId = z.uuid().brand<"ReprocessingId">();
export type ReprocessingId = z.infer<typeof ReprocessingId>;

export const GatewayCallId = z.uuid().brand<"GatewayCallId">();
export type GatewayCallId = z.infer<typeof GatewayCallId>;

export const TimelineEntryId = z.uuid().brand<"TimelineEntryId">();
export type TimelineEntryId = z.infer<typeof TimelineEntryId>;

export const EventId = z.uuid().brand<"EventId">();
export type EventId = z.infer<typeof EventId>;

export const EventEndpointId = z.uuid().brand<"EventEndpointId">();
export type EventEndpointId = z.infer<typeof EventEndpointId>;

export const EventDeliveryId = z.uuid().brand<"EventDeliveryId">();
export type EventDeliveryId = z.infer<typeof EventDeliveryId>;

export const EventAttemptId = z.uuid().brand<"EventAttemptId">();
export type EventAttemptId = z.infer<typeof EventAttemptId>;

export const AlertId = z.uuid().brand<"AlertId">();
export type AlertId = z.infer<typeof AlertId>;

export const PersonId = z.uuid().brand<"PersonId">();
export type PersonId = z.infer<typeof PersonId>;

export const SessionId = z.uuid().brand<"SessionId">();
export type SessionId = z.infer<typeof SessionId>;

export const AuditEntryId = z.uuid().brand<"AuditEntryId">();
export type AuditEntryId = z.infer<typeof AuditEntryId>;

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

/** Our number for completing or releasing a hold, unique per merchant for ever. */
export const HoldActNo = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,30}$/)
  .brand<"HoldActNo">();
export type HoldActNo = z.infer<typeof HoldActNo>;

/**
 * A new id (UUID version 7): made here and not by the database, so that a row has its name before it exists,
 * and ordered by time, so that new rows stand together in every index. Ids of one process come out in the order
 * they were made, also within a millisecond.
 */
export function newId<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
  const time = Math.max(Date.now(), last.time);
  last.count = time === last.time ? last.count + 1 : 0;
  // 4,096 ids fit into a millisecond; more than that borrow from the next one.
  last.time = last.count > 0xfff ? time + 1 : time;
  last.count &= 0xfff;
  const random = randomHalf();
  const instant = last.time.toString(16).padStart(12, "0");
  const count = last.count.toString(16).padStart(3, "0");
  const id = `${instant.slice(0, 8)}-${instant.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
  return schema.parse(id) as z.infer<Schema>;
}

const last = { time: 0, count: 0 };

/** The random half of an id: two bits of variant and 62 random ones. Drawn in advance, because each drawing is dear. */
function randomHalf(): string {
  if (drawn.used === drawn.words.length) {
    crypto.getRandomValues(drawn.words);
    drawn.used = 0;
  }
  const high = ((drawn.words[drawn.used] ?? 0) & 0x3fffffff) | 0x80000000;
  const low = drawn.words[drawn.used + 1] ?? 0;
  drawn.used += 2;
  return (high >>> 0).toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

const drawn = { words: new Uint32Array(512), used: 512 };

/** A new order number such as `P-261119-3D8RTX7K`: a day in Hong Kong and 40 random bits, easy to read aloud. */
export function newMchOrderNo(now: Date = new Date()): MchOrderNo {
  return MchOrderNo.parse(`P-${dayInHongKong(now)}-${randomLetters(8)}`);
}

/** A new refund number such as `R-261119-9T4KXW2M`. */
export function newMchRefundNo(now: Date = new Date()): MchRefundNo {
  return MchRefundNo.parse(`R-${dayInHongKong(now)}-${randomLetters(8)}`);
}

/** A new number for an act on a hold such as `H-261119-9T4KXW2M`. */
export function newHoldActNo(now: Date = new Date()): HoldActNo {
  return HoldActNo.parse(`H-${dayInHongKong(now)}-${randomLetters(8)}`);
}

function dayInHongKong(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll("-", "");
}

// Crockford's alphabet: no I, L, O or U, so nothing is mistaken for a digit or spells a word.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function randomLetters(count: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => letters[byte % 32]).join("");
}
