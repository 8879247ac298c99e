import { type Part, part } from "./part";

/**
 * When a payment is asked about again that waits for something which the gateway tells nobody by itself: as long after
 * now as it was `since`, at least 15 seconds and at most an hour, until three days have gone by and 40 questions were
 * asked. The time counts and not the questions alone, because many of those may have been about something else before.
 *
 * @param since  an instant, or null for a payment that waits for nothing. Reads `payments`.
 */
export function askedAgainAt(since: Part): Part {
  return part`(
    select case when payments.ask_count < 40 or waited < interval '3 days'
      then now() + greatest(interval '15 seconds', least(waited, interval '1 hour')) end
    from (select greatest(now() - since, since - now()) as waited from (select ${since} as since) as known) as measured
    where waited is not null
  )`;
}
