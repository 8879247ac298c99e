"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

type Draft = { amount: number | null; setAmount: (amount: number | null) => void };

const DraftContext = createContext<Draft>({ amount: null, setAmount: () => {} });

/** Lets the scale of the page show the sum that is being typed in the panel beside it. */
export function RefundDraft({ children }: { children: ReactNode }) {
  const [amount, setAmount] = useState<number | null>(null);
  return <DraftContext value={{ amount, setAmount }}>{children}</DraftContext>;
}

export function useRefundDraft(): Draft {
  return useContext(DraftContext);
}
