"use client";

import { useRouter } from "next/navigation";
import { useKeys } from "@/components/shell/use-keys";

type Props = { path: string; listPath: string; turnedTimeline: string; canRefund: boolean };

/** The keys of a payment's page: `r` refund, `a` ask the gateway, `c` copy the order number, `t` turn the timeline. */
export function PaymentKeys({ path, listPath, turnedTimeline, canRefund }: Props) {
  const router = useRouter();
  useKeys({
    r: canRefund ? () => router.push(`${path}?do=refund`, { scroll: false }) : undefined,
    a: () => document.querySelector<HTMLFormElement>("form[data-ask]")?.requestSubmit(),
    c: () => document.querySelector<HTMLButtonElement>("button[data-copy]")?.click(),
    t: () => router.push(turnedTimeline, { scroll: false }),
    Escape: () => router.push(listPath),
  });
  return null;
}
