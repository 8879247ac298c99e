import type { MerchantId } from "@/lib/domain/ids";
import type { PaymentState } from "@/lib/domain/payment-state";
import type { HeardBy } from "@/lib/domain/timeline";
import type { PaymentNews } from "./apply-payment-news";
import { askedAgainAt } from "./asked-again";
import { type Part, part } from "./part";

/**
 * What news says about the state of an order, in our words. The state that means paid elsewhere means held for an order
 * that only holds money, unless an admin has entered which state says that the hold was completed. A hold that ends in
 * any other way is released, so that no late message can bring it back.
 *
 * Reads a row of `payments`. Source: gateway-protocol 3.2.
 */
export function saidOf(merchantId: MerchantId, { to, gatewayState, isOdd }: PaymentNews): Part {
  return part`case
    when held_amount is null or ${isOdd === true}::boolean then ${to}::text
    else (
      select case when state = 'held' and word in ('refunded', 'closed') then 'cancelled' else word end
      from (select coalesce(
        (
          select case ${gatewayState}::int
            when (complete->>'doneState')::int then 'paid'
            when held_state then 'held'
            when (release->>'doneState')::int then 'cancelled' end
          from hold_rules
          where hold_rules.merchant_id = ${merchantId}::uuid and hold_rules.credential_id = target.credential_id
        ),
        case ${to}::text when 'paid' then 'held' else ${to}::text end
      ) as word) as read
    ) end`;
}

/** Whether the state of a hold is among those that a function names for what was said. */
export function isHoldAmong(to: PaymentState | null, statesFor: (said: PaymentState) => readonly PaymentState[]): Part {
  const words = new Set<PaymentState>(["held", "paid", "cancelled", ...(to === null ? [] : [to])]);
  let whole = part`false`;
  for (const word of words) {
    const states = statesFor(word).join(",");
    whole = part`${whole} or said = ${word} and state = any(string_to_array(${states}::text, ','))`;
  }
  return part`coalesce(${whole}, false)`;
}

/** It was thought to be given free, and money was taken of it after all: somebody must look. */
export const completedAfterRelease = part`state = 'cancelled' and paid_at is null and said is not distinct from 'paid'`;

/** What was asked to be taken of a hold, while that is open; null for every other order. Reads a row of `payments`. */
export function completingAmount(merchantId: MerchantId): Part {
  return part`case when held_amount is not null then (
    select hold_acts.amount from hold_acts
    where hold_acts.merchant_id = ${merchantId}::uuid and hold_acts.payment_id = payments.id
      and hold_acts.kind = 'complete' and hold_acts.state in ('sent', 'unclear')
  ) end`;
}

/**
 * The sum that news about an order is compared with. An answer about a hold may name what was held or what is to be
 * taken; one about a hold that was completed elsewhere may name less.
 */
export function comparedAmount(amount: number | null): Part {
  return part`case
    when ${amount}::bigint in (held_amount, completing)
      or held_amount is not null and said = 'paid' and ${amount}::bigint between 1 and held_amount
    then ${amount}::bigint else own_amount end`;
}

/**
 * Whether it is known how much was taken of a hold. A message that does not name the sum cannot prove that, and neither can an
 * answer where nothing was asked to be taken.
 */
export function isTakenSumKnown(amount: number | null, by: HeardBy): Part {
  return part`(
    held_amount is null or paid_at is not null or said is distinct from 'paid' or ${amount}::bigint is not null
    or ${by !== "notification"}::boolean and completing is not null
  )`;
}

/** What was taken of a hold that is now completed. Reads `judged`. */
export function takenAmount(amount: number | null): Part {
  return part`case
    when coalesce(${amount}::bigint, judged.completing) in (judged.completing, judged.held_amount)
      then coalesce(judged.completing, judged.held_amount)
    else coalesce(${amount}::bigint, judged.held_amount) end`;
}

/** Ends the open act of a hold whose end is proven: as done where it is what was asked for. Reads `judged`. */
export function settleHoldAct(merchantId: MerchantId): Part {
  return part`
    update hold_acts set changed_at = now(),
      state = case when hold_acts.kind = case judged.said when 'paid' then 'complete' else 'release' end
        then 'succeeded' else 'failed' end
    from judged
    where hold_acts.merchant_id = ${merchantId}::uuid and hold_acts.payment_id = judged.id
      and hold_acts.state in ('sent', 'unclear') and judged.held_amount is not null and judged.fits
      and judged.said in ('paid', 'cancelled') and (judged.moves or judged.state = judged.said)
    returning hold_acts.id`;
}

/** When the gateway gives a hold free by itself; null unless an admin has entered how long it keeps one. Reads `judged`. */
export const holdEndAt = part`(
  select coalesce(payments.held_at, now()) + make_interval(hours => lifetime_hours) + interval '75 seconds'
  from hold_rules
  where hold_rules.merchant_id = payments.merchant_id and hold_rules.credential_id = payments.credential_id
)`;

/**
 * When a hold is asked about: soon while something of it is under way, else when its time is over, and then less and less
 * often, and not for ever.
 */
export const holdIsAskedAt = part`case
  when exists (
    select 1 from hold_acts
    where hold_acts.merchant_id = payments.merchant_id and hold_acts.payment_id = payments.id
      and hold_acts.state in ('sent', 'unclear')
  ) then now() + interval '15 seconds'
  when ${holdEndAt} > now() then ${holdEndAt}
  else ${askedAgainAt(holdEndAt)}
  end`;
