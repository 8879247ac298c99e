import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { Person } from "./person";

// The time to stop a refund is everybody's, so these run alone, one after the other.
test.describe.configure({ mode: "default" });

test.afterEach(async ({ admin }) => setHold(admin, 0));

test("within its time a refund can be stopped, and then nothing of it reaches the gateway", async ({
  admin,
  operator,
  sandbox,
}) => {
  await operator.sitAt(1440);
  await setHold(admin, 300);
  const { mchOrderNo } = await operator.createPayment({ amount: "100.00", mchOrderNo: ownNumber() });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.fillRefund({ amount: "40.00" });
  await expect(operator.refundPanel()).toContainText("You have 300 s to stop it before it is sent.");
  await operator.sendRefund();
  await expect(operator.waiting()).toContainText(/HK\$\s40\.00 goes out in \d+ s/);
  await operator.waiting().getByRole("link", { name: /^R-/ }).click();
  await expect(operator.page.getByText("Nothing was sent, so the gateway does not know this refund")).toBeVisible();
  await expect(operator.page.getByRole("button", { name: "Ask", exact: true })).toHaveCount(0);
  await operator.page.goBack();
  await operator.page.getByRole("button", { name: "Stop the refund of HK$ 40.00" }).click();
  await expect(operator.entries("stopped the refund of HK$ 40.00")).toHaveCount(1);
  await expect(operator.waiting()).toHaveCount(0);
  await expect(operator.act("Refund")).toContainText("Up to HK$ 100.00");
  expect((await sandbox.order(mchOrderNo)).refunds).toEqual([]);
});

test("a refund that nobody stops goes out by itself when its time has come", async ({ admin, operator, sandbox }) => {
  await operator.sitAt(390);
  await setHold(admin, 2);
  const { mchOrderNo } = await operator.createPayment({ amount: "100.00", mchOrderNo: ownNumber() });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.refund({ amount: "40.00" });
  await expect(operator.state("Part refunded")).toBeVisible({ timeout: 40_000 });
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ refundAmount }) => refundAmount)).toEqual([4000]);
});

async function setHold({ page }: Person, seconds: number): Promise<void> {
  await page.goto("/test/settings/refund-rules");
  await page.getByLabel("Seconds to stop it").fill(String(seconds));
  await page.getByRole("button", { name: "Save the time" }).click();
  await expect(page.getByRole("main").getByRole("status").first()).toContainText("Refunds");
}
