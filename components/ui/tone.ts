/** The roles of the state colours: orange (`unclear`) means "look at this", `wait` "leave it alone", `failed` is final. */
export type Tone = "paid" | "wait" | "unclear" | "failed" | "refunded" | "closed";

export const toneText: Record<Tone, string> = {
  paid: "text-paid",
  wait: "text-wait",
  unclear: "text-unclear",
  failed: "text-failed",
  refunded: "text-refunded",
  closed: "text-closed",
};

export const toneWash: Record<Tone, string> = {
  paid: "bg-paid-wash",
  wait: "bg-wait-wash",
  unclear: "bg-unclear-wash",
  failed: "bg-failed-wash",
  refunded: "bg-refunded-wash",
  closed: "bg-closed-wash",
};
