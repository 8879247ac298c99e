import type { RehearsedPayment } from "@/db/commands/refund-plan-payments";
import type { JudgedLine, PlanLine } from "@/db/commands/refund-plans";
import { formatMoney, MinorUnits, parseAmount } from "@/lib/domain/money";
import { PaymentState } from "@/lib/domain/payment-state";
import { possibleActs } from "@/lib/domain/possible-acts";
import type { PlanVerdict } from "@/lib/domain/refund-plan";
import { limitOf, limitReached, type RefundRules } from "@/lib/domain/refund-rules";
import type { Role } from "@/lib/domain/roles";
import { unitSuspicion } from "@/lib/domain/unit-guard";
import { checkRequest } from "@/lib/gateway/wire/requests";
import { refundRequestOf } from "@/lib/refunds/send-refund";
import { whySecondPerson } from "@/lib/refunds/why-second-person";

type Rehearsal = {
  payments: readonly RehearsedPayment[];
  rules: RefundRules;
  role: Role;
  /** What the maker refunded alone today, by currency, in minor units. */
  spentToday: ReadonlyMap<string, number>;
  now: Date;
};

/**
 * What would become of each waiting line if the plan ran now, in its order: an earlier line takes its sum from the day's
 * allowance, and its payment from the lines below it. Decides nothing and sends nothing.
 */
export function judgeLines(lines: readonly PlanLine[], rehearsal: Rehearsal): JudgedLine[] {
  const done = lines.filter(({ state }) => state === "made" || state === "requested");
  const listed = new Set(done.flatMap(({ paymentId }) => paymentId ?? []));
  const spent = new Map(rehearsal.spentToday);
  const byNumber = new Map<string, RehearsedPayment[]>();
  for (const payment of rehearsal.payments) {
    byNumber.set(payment.number, [...(byNumber.get(payment.number) ?? []), payment]);
  }
  return lines
    .filter(({ state }) => state === "waiting")
    .map((line) => {
      const judged = judge(line, byNumber.get(line.typedNumber) ?? [], { ...rehearsal, listed, spentToday: spent });
      if (judged.paymentId) listed.add(judged.paymentId);
      if (judged.verdict === "refund" && judged.currency && judged.amount) {
        spent.set(judged.currency, (spent.get(judged.currency) ?? 0) + judged.amount);
      }
      return judged;
    });
}

function judge(
  line: PlanLine,
  found: readonly RehearsedPayment[],
  { rules, role, spentToday, listed, now }: Omit<Rehearsal, "payments"> & { listed: ReadonlySet<string> },
): JudgedLine {
  const { lineNo } = line;
  const [payment, another] = found;
  const nobody = { lineNo, paymentId: null, amount: null, currency: null };
  if (!payment) return { ...nobody, verdict: "unknown-number", why: "No payment here has this number." };
  if (another) {
    const why = "It is the order number of one payment and the gateway's number of another. Use the other number.";
    return { ...nobody, verdict: "unknown-number", why };
  }
  const { currency } = payment;
  const known = { lineNo, paymentId: payment.id, amount: null, currency };
  if (listed.has(payment.id)) {
    return { ...known, verdict: "listed-twice", why: "A line above is about the same payment." };
  }
  const impossible = whyImpossible(payment, now);
  if (impossible) return { ...known, ...impossible };

  const rest = payment.amount - payment.reservedAmount;
  const typed = line.typedAmount === "" ? null : parseAmount(line.typedAmount, currency);
  if (typed && !typed.ok) return { ...known, verdict: "invalid", why: typed.error.message };
  const amount = typed ? typed.value : MinorUnits.parse(rest);
  const summed = { ...known, amount };
  const suspicion = typed ? unitSuspicion(amount, [payment.amount, rest], currency) : null;
  if (amount > rest) {
    const slip = suspicion ? " This looks like a slip of units." : "";
    const why = `Only ${formatMoney(rest, currency)} can still be refunded.${slip}`;
    return { ...summed, verdict: "exceeds-rest", why };
  }
  const request = refundRequestOf({ ...payment, ...line, amount }, { id: payment.credentialId });
  const flaw = checkRequest("refundOrder", request)[0];
  if (flaw) return { ...summed, verdict: "invalid", why: flaw.message };
  if (suspicion) {
    const why = `${formatMoney(amount, currency)} of ${formatMoney(suspicion.expected, currency)}: a slip of units?`;
    return { ...summed, verdict: "slip-of-units", why };
  }
  const limit = limitOf(rules, role, currency);
  const reached = limitReached(limit, spentToday.get(currency) ?? 0, amount);
  if (reached === null) return { ...summed, verdict: "refund", why: null };
  return { ...summed, verdict: "needs-approval", why: whySecondPerson(limit, reached) };
}

function whyImpossible(payment: RehearsedPayment, now: Date): Pick<JudgedLine, "verdict" | "why"> | null {
  const { refund } = possibleActs({ ...payment, state: PaymentState.parse(payment.state) }, now);
  if (refund.isPossible) return null;
  return { verdict: kindOf(payment), why: `${refund.why}.` };
}

function kindOf(payment: RehearsedPayment): PlanVerdict {
  if (payment.state === "refunded") return "already-refunded";
  if (payment.state !== "paid") return "not-paid";
  if (payment.hasOpenCancel) return "blocked";
  return payment.openRefund === "unclear" ? "unclear-refund" : "already-refunded";
}
