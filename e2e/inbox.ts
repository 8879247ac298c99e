import { type APIRequestContext, expect } from "@playwright/test";
import type { Sandbox } from "./sandbox";
import { signed } from "./signer";

/** Fills the inbox with genuine messages about orders that nobody here knows, in the order of the numbers. */
export async function tellOfOrders(
  request: APIRequestContext,
  sandbox: Sandbox,
  { like, numbers }: { like: string; numbers: readonly string[] },
): Promise<void> {
  const { mchNo, appId, notifyUrl } = await sandbox.order(like);
  const secret = await sandbox.secretOf({ mchNo, appId });
  for (const mchOrderNo of numbers) {
    const fields = { mchNo, appId, mchOrderNo, amount: 100, currency: "HKD", state: 2, payOrderId: mchOrderNo };
    const response = await request.post(String(notifyUrl), { form: { ...fields, sign: signed(fields, secret) } });
    expect(await response.text()).toBe("success");
  }
}

export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, "0")}`);
}
