import { z } from "zod";
import { Environment } from "@/lib/domain/environment";
import { PaymentId } from "@/lib/domain/ids";

/** What an open page wants to hear of: everything of an environment, or one payment. */
export type Topic = { environment: Environment } | { paymentId: PaymentId };

const Topic = z.union([
  Environment.transform((environment) => ({ environment })),
  PaymentId.transform((paymentId) => ({ paymentId })),
]);

/** @returns `null` when there is none, too many, or one that is not a topic */
export function readTopics(text: string | null): Topic[] | null {
  const topics = z
    .array(Topic)
    .min(1)
    .max(20)
    .safeParse((text ?? "").split(","));
  return topics.success ? topics.data : null;
}

/** Whether a change is one that the page waits for. Whose change it is must be asked before. */
export function concerns(
  topics: readonly Topic[],
  change: { environment: Environment; paymentId: string | null },
): boolean {
  return topics.some((topic) =>
    "environment" in topic ? topic.environment === change.environment : topic.paymentId === change.paymentId,
  );
}
