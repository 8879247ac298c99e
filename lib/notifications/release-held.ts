import { sqlClient } from "@/db/client";
import { readHeldMessages } from "@/db/commands/messages-again";
import type { MerchantId, RefundId } from "@/lib/domain/ids";
import { judgeAgain } from "./judge-again";

/**
 * A gateway that cannot be asked about refunds leaves its messages as the only word there is: those that were waiting
 * for the answer to our question are judged again, and now count.
 */
export async function releaseHeld(which: { merchantId: MerchantId; refundId: RefundId }): Promise<void> {
  for (const message of await readHeldMessages(sqlClient(), which)) await judgeAgain(message);
}
