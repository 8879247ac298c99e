import { readHoldRules } from "@/db/queries/hold-rules";
import type { OpenCredential } from "@/lib/credentials/open-credential";

/** Whether an admin has entered that orders of this way only hold money, whatever the person who makes one says. */
export async function isHoldingWay({ merchantId, id }: OpenCredential, wayCode: string): Promise<boolean> {
  return (await readHoldRules(merchantId, id))?.wayCodes.includes(wayCode) ?? false;
}
