/**
 * What a notification alone may do, for one credential: up to which amount its word moves a payment, and up to which it
 * moves a refund, before our own question to the gateway has been answered. Minor units of the order's own currency;
 * `null` is any amount, 0 is none.
 *
 * Whoever pays holds validly signed copies of messages (the return address carries them), and the signed text does not
 * mark where its fields end: so what is dear waits for the answer to our own question, and so do all refunds.
 */
export type NoticeRule = { readonly payments: number | null; readonly refunds: number | null };

/** For whom nobody has chosen: payments up to 10,000.00, and no refund. */
export const usualNoticeRule: NoticeRule = { payments: 1_000_000, refunds: 0 };

export type NoticeChoice = "alone" | "up-to" | "ask";

export function noticeChoiceOf(upTo: number | null): NoticeChoice {
  if (upTo === null) return "alone";
  return upTo === 0 ? "ask" : "up-to";
}
