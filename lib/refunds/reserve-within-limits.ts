import { inSqlTransaction } from "@/db/client";
import { spendDay } from "@/db/commands/refund-control";
import { type RefundIntent, type ReservedRefund, reserveRefund, seeingTheFasterClick } from "@/db/commands/refunds";
import type { Environment } from "@/lib/domain/environment";
import type { MerchantId, PersonId, RefundId } from "@/lib/domain/ids";
import { formatMoney } from "@/lib/domain/money";
import { gatewayDay } from "@/lib/domain/possible-acts";
import { limitOf, type RefundRules } from "@/lib/domain/refund-rules";
import { type Role, theRole } from "@/lib/domain/roles";

type Sql = Parameters<typeof reserveRefund>[0];

export type Maker = { personId: PersonId; role: Role };

export type Reserved = ReservedRefund | { outcome: "above-limit"; because: string };

/**
 * Reserves a refund if its maker may make it alone: the day's allowance and the payment's rest are taken together or
 * not at all. A repeated click takes neither twice.
 *
 * @param alongside  what belongs into the same transaction once the refund is stored; what it throws takes all back
 */
export async function reserveWithinLimits(
  {
    environment,
    merchantId,
    rules,
    now,
  }: { environment: Environment; merchantId: MerchantId; rules: RefundRules; now: Date },
  intent: RefundIntent,
  { personId, role }: Maker,
  currency: string,
  alongside: (sql: Sql, id: RefundId) => Promise<void> = async () => {},
): Promise<Reserved> {
  const limit = limitOf(rules, role, currency);
  if (limit.perRefund !== null && intent.amount > limit.perRefund) {
    const most = `${theRole(role)} refunds up to ${formatMoney(limit.perRefund, currency)} alone.`;
    return { outcome: "above-limit", because: limit.perRefund === 0 ? everyRefund(role, currency) : most };
  }
  const spent = { environment, personId, day: gatewayDay(now), currency, amount: intent.amount };
  const reserve = () =>
    inSqlTransaction(async (sql): Promise<Reserved> => {
      const reserved = await reserveRefund(sql, merchantId, intent, personId);
      if (reserved.outcome !== "reserved" && reserved.outcome !== "repeated") return reserved;
      if (reserved.outcome === "reserved" && !(await spendDay(sql, spent, limit.perDay))) throw new AboveDay();
      await alongside(sql, reserved.id);
      return reserved;
    });
  return seeingTheFasterClick(reserve).catch((error: unknown): Reserved => {
    if (!(error instanceof AboveDay)) throw error;
    const most = `${theRole(role)} refunds up to ${formatMoney(limit.perDay ?? 0, currency)} a day alone.`;
    return { outcome: "above-limit", because: limit.perDay === 0 ? everyRefund(role, currency) : most };
  });
}

function everyRefund(role: Role, currency: string): string {
  return `Every refund of ${theRole(role).toLowerCase()} in ${currency} needs a second person.`;
}

/** Takes the reservation back with the transaction. */
class AboveDay extends Error {}
