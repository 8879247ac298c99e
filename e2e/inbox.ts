import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
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

/**
 * Sends a message as a gateway does: once more while it is told to try again, as a busy machine may say. The first other
 * answer is the one that counts.
 */
export async function taken(send: () => Promise<APIResponse>): Promise<APIResponse> {
  let response = await send();
  if (response.status() === 503) {
    await expect
      .poll(async () => {
        response = await send();
        return response.status();
      })
      .not.toBe(503);
  }
  return response;
}

export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, "0")}`);
}
