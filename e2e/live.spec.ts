import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";

test("what somebody is typing survives news about the payment", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ amount: "100.00" });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.fillRefund({ amount: "33.33", reason: "Other" });
  const note = operator.refundPanel().getByLabel("What is the reason?");
  await note.pressSequentially("The second cup was ");
  const number = await operator.refundPanel().locator("input[name=mchRefundNo]").inputValue();

  await sandbox.notify(mchOrderNo, { kind: "forged" });
  await expect(operator.entries("Notification: payment").filter({ hasText: "bad signature" })).toHaveCount(1);

  await expect(note).toBeFocused();
  await note.pressSequentially("cold");
  await expect(note).toHaveValue("The second cup was cold");
  await expect(operator.refundPanel().getByLabel("Amount")).toHaveValue("33.33");
  await expect(operator.refundPanel().locator("input[name=mchRefundNo]")).toHaveValue(number);
  await operator.sendRefund();
  await expect(operator.entries("Refund succeeded, HK$ 33.33")).toHaveCount(1);
});

test("an open list shows the change of a row in place, and new rows wait behind a line", async ({
  operator,
  another,
  sandbox,
}) => {
  const prefix = ownNumber("L");
  const first = await operator.createPayment({ mchOrderNo: `${prefix}-1` });
  const watcher = await another("support");
  await watcher.open(`/test/payments?number=${prefix}`);
  const rows = watcher.page.getByRole("table").getByRole("row").filter({ hasText: prefix });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Waiting for payer");

  await sandbox.pay(first.mchOrderNo);
  await expect(rows).toContainText("Paid");

  await operator.createPayment({ mchOrderNo: `${prefix}-2` });
  await watcher.page.getByRole("button", { name: "1 new" }).click();
  await expect(rows).toHaveCount(2);
});

test("a refund's own page follows the refund", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ amount: "20.00" });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await sandbox.misbehave("pause-refunds", { mchOrderNo });
  const mchRefundNo = await operator.refund({ amount: "20.00" });
  await operator.search(mchRefundNo);
  await operator.page.waitForURL(/\/refunds\//);
  await expect(operator.state("Pending")).toBeVisible();
  await sandbox.settleRefund(mchRefundNo, "succeed");
  await expect(operator.state("Succeeded")).toBeVisible();
});

test("half-typed text of a new payment stays when the form comes back with an error", async ({ operator }) => {
  const { mchOrderNo } = await operator.fillPayment({ amount: "12.345", subject: "Tea for two" });
  await operator.sendPayment();
  await expect(operator.page.locator("#amount-error")).toBeVisible();
  // What is wrong is focused when the form has come back whole.
  await expect(operator.page.getByLabel("Amount")).toBeFocused();
  await expect(operator.page.getByLabel("Amount")).toHaveValue("12.345");
  await operator.page.getByLabel("Amount").fill("12.34");
  await operator.page.getByLabel("Subject").fill("Tea & two scones");
  await operator.sendPayment();
  await expect(operator.page.locator("#subject-error")).toContainText("&");
  await expect(operator.page.getByLabel("Subject")).toBeFocused();
  await expect(operator.page.getByLabel("Subject")).toHaveValue("Tea & two scones");
  await expect(operator.page.getByLabel("Order number")).toHaveValue(mchOrderNo);
  await operator.page.getByLabel("Subject").fill("Tea and two scones");
  await operator.sendPayment();
  await expect(operator.state("Waiting for payer")).toBeVisible();
});

test("a page that takes its time shows still bars until it is there", async ({ operator }) => {
  const { page } = operator;
  await page.goto("/test/payments");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/test\/refunds/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Refunds" }).click();
  await expect(page.getByRole("main").getByText("Loading")).toBeVisible();
  letGo();
  await page.waitForURL("**/test/refunds");
  await expect(page.getByRole("main").getByText("Loading")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Refunds" })).toBeVisible();
});
