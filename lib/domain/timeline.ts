import { z } from "zod";

/**
 * The kinds of entries in a payment's timeline, and what their `details` hold.
 *
 * | kind | happened | details |
 * |---|---|---|
 * | `act` | a person or script asked for something | `act`: `create` `close` `cancel` `refund` `ask` `adopt` `settle` (`attention`, `note`) `request-refund` `approved-refund` `edited-refund` `declined-refund` `withdrawn-refund` `complete-hold` `release-hold` (`requestId`), by the gateway `promote-secret` (`version`, `before`); `amount`, `currency`, `reason`, `note`, `number` where they apply |
 * | `call` | we sent a request (`callId`) | `operation` |
 * | `answer` | what came back (`callId`) | `operation`, `outcome` (`ok` or the kind of failure), `code`, `msg`, `gatewayState`, `verification`, `durationMs` |
 * | `notification` | a message came (`notificationId`) | `notificationKind`, `verdict`, `gatewayState`, `isHeld` (our own question decides) |
 * | `change` | a state changed (`fromState`, `toState`) | `subject`: `payment` or `refund`; `by`: `answer` `query` `notification` `us`; `errCode`, `errMsg` |
 * | `conflict` | the gateway said something that cannot be squared with what was proven | `subject`, `by`, `said`, `known` |
 */
export const TimelineKind = z.enum(["act", "call", "answer", "notification", "change", "conflict"]);
export type TimelineKind = z.infer<typeof TimelineKind>;

export type TimelineDetails = Record<string, string | number | boolean | null>;

/** By which way we heard the gateway's word. */
export const HeardBy = z.enum(["answer", "query", "notification"]);
export type HeardBy = z.infer<typeof HeardBy>;
