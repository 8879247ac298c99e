import type { CustomerSentence } from "@/components/payments/customer-sentences";
import type { RefundDetails } from "@/db/queries/refund-page";
import { formatMoney } from "@/lib/domain/money";
import { RefundState } from "@/lib/domain/refund-state";

type Facts = Pick<
  RefundDetails,
  "state" | "amount" | "currency" | "attention" | "provenBy" | "createdAt" | "nextAskAt" | "askCount" | "payment"
>;

/** Where the refund stands, for the person who works with it. */
export function refundMeaning({ state, amount, currency }: Facts): string {
  const sum = formatMoney(amount, currency);
  switch (state) {
    case "prepared":
      return `Stored here with its number. The gateway has not been asked to give ${sum} back yet.`;
    case "sent":
      return `The gateway was asked to give ${sum} back. Its answer is awaited.`;
    case "unclear":
      return `The gateway gave no usable answer. The request may have been carried out, so no second refund of this payment starts until there is proof.`;
    case "pending":
      return `The gateway has the refund and works on it. ${sum} counts as spoken for.`;
    case "succeeded":
      return `${sum} went back to the payer. The gateway proved it.`;
    case "failed":
      return `${sum} did not go back and is free for a new refund.`;
    case "stopped":
      return `Stopped by a person before anything was sent. ${sum} is free for a new refund.`;
    default:
      return "The gateway's own word; we do not know it. The sum counts as spoken for.";
  }
}

// gateway-protocol 3.6.4: what is neither done nor refused after two hours is given up there.
const gatewayDecidesAfterMs = 2 * 3_600_000;

/** When it will be known for certain, and what is done until then; null when it is known. */
export function refundCertainty(refund: Facts): { text: string; at: Date | null } | null {
  if (["prepared", "succeeded", "failed", "stopped"].includes(refund.state)) return null;
  const due = new Date(refund.createdAt.getTime() + gatewayDecidesAfterMs);
  if (refund.state === "pending") {
    return { text: "The gateway brings it to an end two hours after its creation at the latest, that is", at: due };
  }
  return { text: "Certain as soon as the gateway answers. We keep asking, and there is no limit to it.", at: null };
}

const texts: Record<RefundState, readonly [english: string, traditional: string, simplified: string]> = {
  prepared: ["Your refund is being prepared.", "您的退款正在準備中。", "您的退款正在准备中。"],
  sent: [
    "Your refund has been requested. You will hear from us when it is confirmed.",
    "我們已為您申請退款，確認後會通知您。",
    "我们已为您申请退款，确认后会通知您。",
  ],
  unclear: [
    "Your refund is being confirmed. You will hear from us within the hour.",
    "您的退款正在確認中，我們會在一小時內通知您。",
    "您的退款正在确认中，我们会在一小时内通知您。",
  ],
  pending: [
    "Your refund is on its way and is being processed by your wallet or bank.",
    "您的退款已在處理中，請等候電子錢包或銀行完成。",
    "您的退款已在处理中，请等候电子钱包或银行完成。",
  ],
  succeeded: [
    "Your refund was sent back the way you paid. It can take a few days until you see the money.",
    "退款已按原付款方式退回，款項可能需要數天才會顯示。",
    "退款已按原付款方式退回，款项可能需要数天才会显示。",
  ],
  failed: [
    "Your refund did not go through yet. We are looking for another way and will contact you.",
    "您的退款暫時未能完成，我們正另作安排，並會與您聯絡。",
    "您的退款暂时未能完成，我们正另作安排，并会与您联系。",
  ],
  stopped: [
    "No refund was sent. We will contact you about it.",
    "我們並未發出退款，將就此與您聯絡。",
    "我们并未发出退款，将就此与您联系。",
  ],
};

/** What support may read out to the customer. A state we do not know is as open to the customer as an unclear one. */
export function refundCustomerSentences(state: string): CustomerSentence[] {
  const known = RefundState.safeParse(state);
  const [english, traditional, simplified] = texts[known.success ? known.data : "unclear"];
  return [
    { lang: "en", language: "English", text: english },
    { lang: "zh-HK", language: "繁體中文", text: traditional },
    { lang: "zh-CN", language: "简体中文", text: simplified },
  ];
}

/** What a person must look at, and what it means for the money. */
export function refundAttention({ attention, amount, currency }: Facts): { title: string; text: string } | null {
  const sum = formatMoney(amount, currency);
  switch (attention) {
    case null:
      return null;
    case "succeeded-after-failure":
      return {
        title: `${sum} went back after the gateway had called this refund failed.`,
        text: "If it was refunded a second time meanwhile, the payer has the money twice. Look at the payment's refunds.",
      };
    case "contradiction":
      return {
        title: "The gateway says two things that cannot both be true.",
        text: "What was proven first stands here. Look at the conflict in the timeline, and ask the gateway's support with the numbers on this page.",
      };
    case "forgotten":
      return {
        title: "The gateway no longer knows this refund, which it had confirmed.",
        text: `Do not refund ${sum} a second time. Ask the gateway's support with the numbers on this page.`,
      };
    case "wrong-content":
      return {
        title: "A genuine message about this refund carries numbers that are not this refund's.",
        text: "It was kept and not believed. Compare sum and numbers in the timeline.",
      };
    default:
      return { title: "Somebody should look at this refund.", text: attention };
  }
}
