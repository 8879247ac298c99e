import { db } from "@/db/client";
import { notificationRetention } from "@/db/schema/notifications";
import { defaultRetentionMonths } from "@/lib/domain/retention";

/** For how many months messages are kept as they came: what an admin set, else the default. */
export async function readRetentionMonths(): Promise<number> {
  const [row] = await db().select({ months: notificationRetention.months }).from(notificationRetention);
  return row?.months ?? defaultRetentionMonths;
}
