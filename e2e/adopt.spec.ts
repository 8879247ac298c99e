import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { sandboxUrl } from "./run";
import type { Sandbox } from "./sandbox";
import { signed } from "./signer";

test("an order that somebody else made is adopted from its notification", async ({ operator, sandbox, request }) => {
  // Any order of the same application tells where its notifications go.
  const known = await operator.createPayment();
  const { notifyUrl } = await sandbox.order(known.mchOrderNo);
  const mchOrderNo = await orderMadeElsewhere(sandbox, request, { notifyUrl, like: known.mchOrderNo });
  await sandbox.pay(mchOrderNo);

  await operator.open("/test/notifications?verdict=unknown-order");
  await operator.page.getByRole("link", { name: mchOrderNo }).click();
  await expect(operator.page.getByRole("region", { name: "Verdict" })).toContainText("Unknown order");
  await operator.page.getByRole("button", { name: "Ask the gateway and adopt" }).click();
  await operator.page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
  await expect(operator.state("Paid")).toBeVisible();
  await expect(operator.entries("Olga Operator took the order over from the gateway")).toHaveCount(1);
  await operator.refund({ amount: "2.00" });
  await expect(operator.state("Part refunded")).toBeVisible();
});

test("support adopts an order by its number from the search, and it lives on like any other", async ({
  operator,
  support,
  sandbox,
  request,
}) => {
  const known = await operator.createPayment();
  const mchOrderNo = await orderMadeElsewhere(sandbox, request, { notifyUrl: null, like: known.mchOrderNo });
  await support.open("/test/payments");
  await support.search(mchOrderNo);
  await expect(support.page.getByRole("heading", { name: "Nothing here has the number" })).toBeVisible();
  await support.page.getByRole("button", { name: "Ask the gateway and adopt" }).click();
  await support.page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
  await expect(support.state("Waiting for payer")).toBeVisible();
  await sandbox.pay(mchOrderNo);
  await support.askTheGateway();
  await expect(support.state("Paid")).toBeVisible();
});

test("a number that the gateway does not know either is not adopted", async ({ operator }) => {
  const nobody = ownNumber("NOBODY");
  await operator.open("/test/payments");
  await operator.search(nobody);
  await operator.page.getByRole("button", { name: "Ask the gateway and adopt" }).click();
  await expect(operator.refusal()).toContainText(`The gateway knows no order ${nobody}`);
});

/** An older script of the same application creates an order; the console does not hear of it. */
async function orderMadeElsewhere(
  sandbox: Sandbox,
  request: APIRequestContext,
  { notifyUrl, like }: { notifyUrl: string | null; like: string },
): Promise<string> {
  const { mchNo, appId } = await sandbox.order(like);
  const secret = await sandbox.secretOf({ mchNo, appId });
  const mchOrderNo = ownNumber("ELSE");
  const fields = {
    ...{ mchNo, appId, mchOrderNo, wayCode: "WX_QR", amount: 4200, currency: "HKD", subject: "Made elsewhere" },
    ...{ body: "An older script", reqTime: String(1_700_000_000_000), version: "1.0", signType: "MD5" },
    ...(notifyUrl ? { notifyUrl } : {}),
  };
  const response = await request.post(`${sandboxUrl}/api/pay/unifiedOrder`, {
    data: { ...fields, sign: signed(fields, secret) },
    headers: { accept: "application/json" },
  });
  expect((await response.json()).code).toBe(0);
  return mchOrderNo;
}
