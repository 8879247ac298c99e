import type { PaymentState } from "@/lib/domain/payment-state";

/** What support may read out to the customer, in the customer's language. */
export type CustomerSentence = { lang: "en" | "zh-HK" | "zh-CN"; language: string; text: string };

type Texts = readonly [english: string, traditional: string, simplified: string];

const underWay: Texts = [
  "Your payment is being confirmed. Please do not pay again; you will hear from us within the hour.",
  "您的付款正在確認中，請勿重複付款，我們會在一小時內通知您。",
  "您的付款正在确认中，请勿重复付款，我们会在一小时内通知您。",
];

const waiting: Texts = [
  "We have not received your payment yet. You can still pay.",
  "我們尚未收到您的付款，您仍可付款。",
  "我们尚未收到您的付款，您仍可付款。",
];

const noMoney: Texts = [
  "The payment did not go through and you have not been charged. You are welcome to try again.",
  "付款未能完成，並未向您收取任何款項，歡迎再試一次。",
  "付款未能完成，并未向您收取任何款项，欢迎再试一次。",
];

const texts: Record<PaymentState, Texts> = {
  prepared: underWay,
  unclear: underWay,
  refused: noMoney,
  created: waiting,
  waiting,
  held: [
    "The amount is reserved on your side and has not been charged. We charge it later or give it free.",
    "款項已預先授權並保留，尚未收取。我們稍後會收取或釋放該款項。",
    "款项已预先授权并保留，尚未收取。我们稍后会收取或释放该款项。",
  ],
  paid: ["We have received your payment. Thank you.", "我們已收到您的付款，謝謝。", "我们已收到您的付款，谢谢。"],
  declined: noMoney,
  cancelled: [
    "Your payment was cancelled, and the money is going back the way it came.",
    "您的付款已取消，款項將退回原付款方式。",
    "您的付款已取消，款项将退回原付款方式。",
  ],
  refunded: [
    "Your payment was refunded in full. It can take a few days until you see the money.",
    "您的付款已全額退款，款項可能需要數天才會顯示。",
    "您的付款已全额退款，款项可能需要数天才会显示。",
  ],
  closed: [
    "The order has ended without a payment and you have not been charged.",
    "訂單已結束，並未付款，亦未向您收取任何款項。",
    "订单已结束，并未付款，也未向您收取任何款项。",
  ],
};

const released: Texts = [
  "The reserved amount was given free, and you have not been charged. It can take a few days until you see it.",
  "已保留的款項已釋放，並未向您收取任何款項，可能需要數天才會顯示。",
  "已保留的款项已释放，并未向您收取任何款项，可能需要数天才会显示。",
];

const partRefunded: Texts = [
  "We have received your payment and refunded a part of it. It can take a few days until you see the money.",
  "我們已收到您的付款，並已退還部分款項，退款可能需要數天才會顯示。",
  "我们已收到您的付款，并已退还部分款项，退款可能需要数天才会显示。",
];

const refunding: Texts = [
  "Your refund is being confirmed. You will hear from us within the hour.",
  "您的退款正在確認中，我們會在一小時內通知您。",
  "您的退款正在确认中，我们会在一小时内通知您。",
];

/**
 * @param about  `isRefunding`: money is on its way back and not proven; `isPartRefunded`: some of it has arrived;
 *               `isReleased`: it held money, and nothing of it was taken
 */
export function customerSentences(
  state: PaymentState,
  about: { isRefunding: boolean; isPartRefunded: boolean; isReleased?: boolean },
): CustomerSentence[] {
  const [english, traditional, simplified] =
    state !== "paid"
      ? about.isReleased
        ? released
        : texts[state]
      : about.isRefunding
        ? refunding
        : about.isPartRefunded
          ? partRefunded
          : texts.paid;
  return [
    { lang: "en", language: "English", text: english },
    { lang: "zh-HK", language: "繁體中文", text: traditional },
    { lang: "zh-CN", language: "简体中文", text: simplified },
  ];
}
