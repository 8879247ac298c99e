import { expect, test } from "./fixtures";
import { barCode } from "./numbers";

test("a payer who declines leaves a declined order that says so", async ({ operator, stranger: payer, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment();
  await payer.open(sandbox.cashierUrl(await sandbox.order(mchOrderNo)));
  await payer.page.getByRole("button", { name: "Decline" }).click();
  await expect(operator.state("Declined")).toBeVisible();
  await expect(operator.page.getByText("The channel said no. No money moved")).toBeVisible();
  await expect(operator.act("Refund")).toContainText("Not possible: nothing was paid");
});

test("a bar code that the channel refuses is declined at once, with the channel's words", async ({ operator }) => {
  await operator.createPayment({ way: "ALI_BAR", fields: { "Payer’s code": barCode(9) } });
  await expect(operator.state("Declined")).toBeVisible();
  await expect(operator.entries("AUTH_CODE_INVALID").first()).toBeVisible();
});

test("a bar code that is paid at once shows paid", async ({ operator }) => {
  await operator.createPayment({ way: "WX_BAR", fields: { "Payer’s code": barCode(2) } });
  await expect(operator.state("Paid")).toBeVisible();
});

test("an order nobody pays in time expires by the gateway's word, not by our clock", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ goodFor: "5 minutes" });
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await sandbox.advance(301);
  expect((await sandbox.order(mchOrderNo)).state).toBe(6);
  await operator.askTheGateway();
  await expect(operator.state("Expired")).toBeVisible();
  await expect(operator.page.getByText("Nobody paid in time. No money moved.")).toBeVisible();
});

test("a closed order cannot be paid, refunded or cancelled any more", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment();
  await operator.closeOrder();
  await expect(operator.state("Closed")).toBeVisible();
  expect((await sandbox.order(mchOrderNo)).state).toBe(6);
  await expect(operator.act("Close")).toContainText("The order is closed");
  await expect(operator.act("Refund")).toContainText("Not possible");
  await expect(operator.act("Cancel the same day")).toContainText("Not possible");
});

test("money that arrives after the close is loud", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ amount: "64.00" });
  await operator.closeOrder();
  await expect(operator.state("Closed")).toBeVisible();
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid after close")).toBeVisible();
  await expect(operator.page.getByText("HK$ 64.00 was paid after the order had been closed.")).toBeVisible();
  await expect(operator.entries("Notification: payment").filter({ hasText: "signature valid" })).toHaveCount(1);
});

test("a payment cancelled the same day is undone as a whole", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ way: "UP_OP", amount: "540.00" });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.cancelPayment();
  await expect(operator.state("Cancelled")).toBeVisible();
  expect((await sandbox.order(mchOrderNo)).state).toBe(4);
  await expect(operator.act("Refund")).toContainText("Not possible: the payment was cancelled");
});

test("whoever declines to confirm keeps the money and the order", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment({ way: "UP_OP" });
  await sandbox.pay(mchOrderNo);
  await operator.page.getByRole("link", { name: "Cancel the payment" }).click();
  const dialog = operator.page.getByRole("dialog");
  await expect(dialog).toContainText(`order ${mchOrderNo}?`);
  await expect(dialog).toContainText("specimen");
  await dialog.getByRole("button", { name: "Keep the money" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(operator.state("Paid")).toBeVisible();
  expect((await sandbox.order(mchOrderNo)).state).toBe(2);
});
