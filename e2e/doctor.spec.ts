import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { Person } from "./person";

function diagnosis({ page }: Person) {
  return page.getByRole("region", { name: "Diagnosis" });
}

test("one step leads from a refused notification, and from its payment, to a named cause", async ({
  operator,
  sandbox,
}) => {
  const mchOrderNo = ownNumber();
  const payment = await operator.createPayment({ mchOrderNo });
  await sandbox.misbehave("wrong-amount", { mchOrderNo });
  await sandbox.pay(mchOrderNo);
  await operator.openEvidence(operator.entries("Notification: payment"), "Notification");
  await operator.page.getByRole("link", { name: "Find the cause" }).click();
  const cause = diagnosis(operator);
  await expect(cause).toContainText("It is signed and names another sum: amount is 12340 there and 1234 in our order.");
  await expect(cause).toContainText("NTF-22");
  await expect(cause.getByRole("list", { name: "Evidence" })).toContainText("covered by the signature");

  await operator.openPayment(payment);
  await operator.page.getByRole("link", { name: "No notification? Find out why" }).click();
  await expect(cause).toContainText("It is signed and names another sum");
});

test("an order that nobody paid needs no notification, whatever number it is looked for by", async ({
  support,
  operator,
  sandbox,
}) => {
  const { mchOrderNo, path } = await operator.createPayment();
  await sandbox.decline(mchOrderNo);
  await operator.askTheGateway();
  await expect(operator.state("Declined")).toBeVisible();
  await support.open("/test/doctor");
  await support.page.getByLabel("Order, refund or gateway number").fill(mchOrderNo);
  await support.page.getByRole("button", { name: "Examine the order" }).click();
  await support.page.waitForURL(`**${path.replace("/payments/", "/doctor/payments/")}`);
  await expect(diagnosis(support)).toContainText("No notification was due: the order is declined");
});

test("the public address is called as the gateway calls it, and a pasted request is answered as it would be", async ({
  admin,
  sandbox,
}) => {
  const { mchOrderNo } = await admin.createPayment();
  await sandbox.misbehave("silent", { mchOrderNo });
  await sandbox.pay(mchOrderNo);
  const { notifyUrl, notifications } = await sandbox.order(mchOrderNo);
  await admin.open("/test/doctor");
  const { page } = admin;
  await page.getByLabel("Request", { exact: true }).fill(`POST ${notifyUrl} HTTP/1.1\n\n${notifications[0]?.body}`);
  await page.getByRole("button", { name: "Examine the request" }).click();
  await expect(diagnosis(admin)).toContainText("Nothing is wrong with it: it would be answered success");

  await page
    .getByRole("link", { name: /^Check the address of/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Check the address now" }).click();
  await expect(diagnosis(admin)).toContainText("our own message came in and was answered exactly success");
  const steps = page.getByRole("list", { name: "Steps from outside to this console" });
  await expect(steps.getByRole("listitem").filter({ hasText: "Who answers" })).toContainText("This very installation.");
});
