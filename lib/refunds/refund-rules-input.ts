import { z } from "zod";
import { parseAmount } from "@/lib/domain/money";
import { longestHoldSeconds } from "@/lib/domain/refund-rules";
import { Role } from "@/lib/domain/roles";

const holdMessage = `Whole seconds, from 0 to ${longestHoldSeconds}.`;

export const HoldInput = z.object({
  holdSeconds: z
    .string()
    .trim()
    .regex(/^[0-9]{1,3}$/, holdMessage)
    .transform(Number)
    .refine((seconds) => seconds <= longestHoldSeconds, holdMessage),
});

/** A limit as an admin types it: sums in major units, empty for none. */
export const RefundLimitInput = z
  .object({
    role: Role,
    currency: z
      .string()
      .trim()
      .toUpperCase()
      .pipe(z.string().regex(/^[A-Z]{3}$/, "Three letters, for example HKD.")),
    perRefund: z.string().trim(),
    perDay: z.string().trim(),
  })
  .transform(({ role, currency, ...typed }, context) => {
    const read = (field: keyof typeof typed): number | null => {
      if (typed[field] === "") return null;
      // Nothing alone: every refund needs a second person.
      if (/^0+(\.0+)?$/.test(typed[field])) return 0;
      const amount = parseAmount(typed[field], currency);
      if (amount.ok) return amount.value;
      context.addIssue({ code: "custom", path: [field], message: amount.error.message });
      return null;
    };
    return { role, currency, perRefund: read("perRefund"), perDay: read("perDay") };
  });
