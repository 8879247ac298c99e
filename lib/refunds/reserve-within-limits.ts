import { inSqlTransaction } from "@/db/client";
import { spendDay } from "@/db/commands/refund-control";
import { type RefundIntent, type ReservedRefund, reserveRefund, seeingTheFasterClick } from "@/db/commands/refunds";
import type { Environment } from "@/lib/domain/environment";
import type { MerchantId, PersonId, RefundId } from "@/lib/domain/ids";
import { gatewayDay } from "@/lib/domain/possible-acts";
import { limitOf, type RefundRules } from "@/lib/domain/refund-rules";
import type { Role } from "@/lib/domain/roles";
import { whySecondPerson } from "./why-second-person";

type Sql = Parameters<typeof reserveRefund>[0];

type Maker = { personId: PersonId; role: Role };

type Reserved = ReservedRefund | { outcome: "above-limit"; because: string };

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
    return { outcome: "above-limit", because: whySecondPerson(limit, "per-refund") };
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
    return { outcome: "above-limit", because: whySecondPerson(limit, "per-day") };
  });
}

/** Takes the reservation back with the transaction. */
class AboveDay extends Error {}
