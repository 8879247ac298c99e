import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { NewPayment, Person } from "./person";
import { setLimit } from "./refund-limits";
import type { Sandbox } from "./sandbox";

test("above the limit a refund is asked for, changed, looked at again, approved on a phone, and only then sent", async ({
  admin,
  operator,
  sandbox,
}) => {
  await operator.sitAt(1440);
  await setLimit(admin, { role: "operator", currency: "THB", perRefund: "20" });
  const { mchOrderNo, path } = await paid(operator, sandbox, { amount: "100.00", currency: "THB" });
  await operator.fillRefund({ amount: "50.00" });
  await expect(operator.refundPanel()).toContainText("Your limit: THB 20.00 each. Above it a second person is asked.");
  await operator.askForApproval();
  await expect(operator.waiting()).toContainText("THB 50.00 waits for a second person.");
  await operator.waiting().getByRole("link", { name: "See the request" }).click();
  await expect(operator.page.getByRole("region", { name: "Your request" })).toContainText("Nobody approves their own");
  await expect(operator.page.getByRole("main")).toContainText("Ada Admin");
  await expect(operator.page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  expect((await sandbox.order(mchOrderNo)).refunds).toEqual([]);

  await admin.sitAt(390);
  await admin.open("/test/approvals");
  await admin.page.getByRole("link", { name: await requestNumber(operator) }).click();
  await expect(admin.page.getByRole("main")).toContainText("fifty THB");
  await expect(admin.page.getByRole("main")).toContainText("An operator refunds up to THB 20.00 alone.");
  await expect(admin.page.getByRole("button", { name: "Approve THB 50.00" })).toBeVisible();

  await operator.page.getByRole("link", { name: "Change it" }).click();
  await operator.page.getByLabel("Amount").fill("60.00");
  await operator.page.getByRole("button", { name: "Change the request" }).click();
  await expect(operator.page.getByRole("main")).toContainText("sixty THB");

  // What was looked at is not what stands there now, so the old button is gone.
  await expect(admin.page.getByText("It was changed since you opened it.")).toBeVisible();
  await admin.page.getByRole("button", { name: "I have looked at THB 60.00" }).click();
  await admin.page.getByRole("button", { name: "Approve THB 60.00" }).click();
  await admin.page.waitForURL(/\/refunds\/[0-9a-f-]{36}$/);
  await expect(admin.state("Succeeded")).toBeVisible();
  await expect(admin.page.getByText("Approved by").locator("..")).toContainText("Ada Admin");
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ refundAmount }) => refundAmount)).toEqual([6000]);
  await operator.open(path);
  await expect(operator.waiting()).toHaveCount(0);
  const approved = operator.entries("Ada Admin approved the refund of THB 60.00");
  await approved.getByRole("link", { name: "Request", exact: true }).click();
  await expect(operator.page.getByRole("main")).toContainText("A second person approved it.");
});

test("a refund that is declined is never sent, and its maker reads why", async ({ admin, operator, sandbox }) => {
  await admin.sitAt(1440);
  await operator.sitAt(390);
  await setLimit(admin, { role: "operator", currency: "SGD", perRefund: "0" });
  const { mchOrderNo, path } = await paid(operator, sandbox, { amount: "80.00", currency: "SGD" });
  await operator.fillRefund({ amount: "5.00" });
  await operator.askForApproval();
  await operator.waiting().getByRole("link", { name: "See the request" }).click();
  await operator.page.waitForURL(/\/approvals\//);
  await admin.open(new URL(operator.page.url()).pathname);
  await admin.page.getByLabel("Why not").fill("The goods were never sent back");
  await admin.page.getByRole("button", { name: "Decline" }).click();
  await expect(operator.state("Declined")).toBeVisible();
  await expect(operator.page.getByRole("main")).toContainText("The goods were never sent back");
  await expect(operator.page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
  await operator.open(path);
  await expect(operator.act("Refund")).toContainText("Up to SGD 80.00");
  expect((await sandbox.order(mchOrderNo)).refunds).toEqual([]);
});

test("what a person refunds on one day counts, and the rest of it is said", async ({ admin, operator, sandbox }) => {
  await setLimit(admin, { role: "operator", currency: "AUD", perDay: "30" });
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "90.00", currency: "AUD" });
  await operator.refund({ amount: "20.00" });
  await expect(operator.state("Part refunded")).toBeVisible();
  await operator.fillRefund({ amount: "20.00" });
  await expect(operator.refundPanel()).toContainText("Your limit: AUD 10.00 left today.");
  await operator.askForApproval();
  await expect(operator.waiting()).toContainText("AUD 20.00 waits for a second person.");
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ refundAmount }) => refundAmount)).toEqual([2000]);
});

test("a second refund waits for the one at the gateway, says so, and can be stopped", async ({ operator, sandbox }) => {
  await operator.sitAt(390);
  const { mchOrderNo, path } = await paid(operator, sandbox, { amount: "100.00" });
  await sandbox.misbehave("pause-refunds", { mchOrderNo });
  const first = await operator.refund({ amount: "35.00" });
  await expect(operator.page.getByText("HK$ 35.00 more is being refunded by the gateway.")).toBeVisible();
  const second = await operator.refund({ amount: "10.00" });
  await expect(operator.waiting()).toContainText(`waits for ${first} in front of it`);
  await operator.waiting().getByRole("link", { name: second }).click();
  await expect(operator.head()).toContainText(`waits for ${first} in front of it`);
  await operator.page.getByRole("button", { name: "Stop the refund of HK$ 10.00" }).click();
  await expect(operator.state("Stopped")).toBeVisible();
  await operator.open(path);
  await expect(operator.act("Refund")).toContainText("Up to HK$ 65.00");
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ mchRefundNo }) => mchRefundNo)).toEqual([first]);
});

test("a refund that is a slip of units away is sent only after a second look", async ({ operator, sandbox }) => {
  await operator.sitAt(390);
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "100.00" });
  await operator.fillRefund({ amount: "1.00" });
  await operator.sendRefund();
  await expect(operator.refundPanel()).toContainText("one part in 100 of HK$ 100.00 (one hundred Hong Kong dollars)");
  expect((await sandbox.order(mchOrderNo)).refunds).toEqual([]);
  await operator.page.getByLabel(/^I mean HK\$\s1\.00: one Hong Kong dollar, 100 in minor units/).check();
  await operator.sendRefund();
  await expect(operator.state("Part refunded")).toBeVisible();
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ refundAmount }) => refundAmount)).toEqual([100]);
});

test("a payment a hundred times what the same was sold for is made only after a second look", async ({
  operator,
  sandbox,
}) => {
  const subject = `Oolong ${ownNumber()}`;
  await paid(operator, sandbox, { amount: "18.00", subject });
  await operator.fillPayment({ amount: "1800", subject });
  await operator.sendPayment();
  await expect(operator.page.getByText("exactly 100 times HK$ 18.00 (eighteen Hong Kong dollars)")).toBeVisible();
  await operator.page.getByLabel(/^I mean HK\$\s1,800\.00/).check();
  await operator.sendPayment();
  await operator.page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
});

async function paid(operator: Person, sandbox: Sandbox, asked: NewPayment) {
  const payment = await operator.createPayment({ ...asked, mchOrderNo: ownNumber() });
  await sandbox.pay(payment.mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  return payment;
}

/** Our refund number of the request that is open in this browser. */
async function requestNumber({ page }: Person): Promise<string> {
  return page.locator("main").getByText(/^R-/).first().innerText();
}
