import { z } from "zod";
import { CredentialId } from "@/lib/domain/ids";
import { TypedSum } from "@/lib/domain/list-address";
import type { NoticeRule } from "@/lib/domain/notice-rule";

/** What the form sends: a choice for payments, with an amount where it has one, and a choice for refunds. */
export const NoticeRuleInput = z
  .object({
    credentialId: CredentialId,
    payments: z.enum(["alone", "up-to", "ask"], "Choose one."),
    upTo: z.string().trim().default(""),
    refunds: z.enum(["alone", "ask"], "Choose one."),
  })
  .transform(({ credentialId, payments, upTo, refunds }, context): { credentialId: CredentialId; rule: NoticeRule } => {
    const amount = payments === "up-to" ? TypedSum.safeParse(upTo) : null;
    if (amount && !amount.success) {
      context.addIssue({ code: "custom", path: ["upTo"], message: amount.error.issues[0]?.message ?? "" });
      return z.NEVER;
    }
    return {
      credentialId,
      rule: {
        payments: payments === "alone" ? null : (amount?.data ?? 0),
        refunds: refunds === "alone" ? null : 0,
      },
    };
  });
