"use client";

import { useState } from "react";
import { useNowText } from "@/components/ui/use-now";

type WaitingRefund = {
  heldUntil: Date | null;
  /** How often it was sent: a refund that was sent and is prepared again met a busy gateway. */
  sendCount: number;
  /** Another refund of the payment that is at the gateway. */
  inFrontNo: string | null;
};

type Props = { refund: WaitingRefund /** The server's clock, which decides when it goes out. */; serverNow: Date };

/** Why a prepared refund is not sent yet: `goes out in 7 s`, or what it waits for. */
export function RefundWait({ refund: { heldUntil, sendCount, inFrontNo }, serverNow }: Props) {
  const [aheadMs] = useState(() => serverNow.getTime() - Date.now());
  const text = useNowText((now) => {
    const left = heldUntil === null ? 0 : Math.ceil((heldUntil.getTime() - now.getTime() - aheadMs) / 1000);
    if (left > 0) return `goes out in ${left} s`;
    if (inFrontNo !== null) return `waits for ${inFrontNo} in front of it: the gateway takes one at a time`;
    if (sendCount > 0) return "waits: the gateway is busy with another refund of this payment, and we try again";
    return "goes out any moment now";
  });
  return <span suppressHydrationWarning>{text}</span>;
}
