import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { NewPayment, Person } from "./person";
import type { Sandbox } from "./sandbox";

for (const width of [1440, 390] as const) {
  test(`a refund whose answer is lost is unclear, blocks another one, and is resolved by asking, at ${width}`, async ({
    operator,
    sandbox,
  }) => {
    await operator.sitAt(width);
    const { mchOrderNo, path } = await paid(operator, sandbox, { amount: "100.00" });
    await sandbox.misbehave("drop-connection", { mchOrderNo, operation: "refundOrder", when: "after" });
    await sandbox.misbehave("drop-connection", { mchOrderNo, operation: "refundQuery", when: "before" });
    await sandbox.misbehave("silent", { mchOrderNo });
    await operator.refund({ amount: "40.00" });
    await expect(operator.page.getByText("We do not know yet whether HK$ 40.00 more went back.")).toBeVisible();
    await expect(operator.act("Refund")).toContainText("the gateway takes one refund at a time");
    await operator.open(`${path}?do=refund`);
    await expect(operator.refundPanel()).toContainText("the gateway takes one refund at a time");
    await expect(operator.refundPanel().getByRole("button", { name: /^Refund/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await operator.open(path);

    await sandbox.behave();
    await operator.page.getByRole("link", { name: "Refund", exact: true }).first().click();
    await operator.page.waitForURL(/\/refunds\//);
    await operator.askTheGateway();
    await expect(operator.state("Succeeded")).toBeVisible();
    const { refunds } = await sandbox.order(mchOrderNo);
    expect(refunds.map(({ refundAmount, state }) => [refundAmount, state])).toEqual([[4000, 2]]);
    await operator.open(path);
    await expect(operator.state("Part refunded")).toBeVisible();
    await expect(operator.act("Refund")).toContainText("Up to HK$ 60.00");
  });
}

test("two operators who refund at once give the money back once", async ({ operator, another, sandbox }) => {
  const { mchOrderNo, path } = await paid(operator, sandbox, { amount: "100.00" });
  await sandbox.misbehave("pause-refunds", { mchOrderNo });
  const colleague = await another("operator");
  await colleague.open(path);
  await operator.fillRefund({ amount: "70.00" });
  await colleague.fillRefund({ amount: "70.00" });
  const send = (person: Person) =>
    person
      .refundPanel()
      .getByRole("button", { name: /^Refund/ })
      .dispatchEvent("click");
  await Promise.all([send(operator), send(colleague)]);

  for (const { page } of [operator, colleague]) {
    await expect(page.getByText("HK$ 70.00 more is being refunded by the gateway.")).toBeVisible();
  }
  // The one who came second keeps the form and reads why nothing was sent.
  const forms = async () => [...(await textsOf(operator)), ...(await textsOf(colleague))];
  await expect.poll(forms).toEqual([expect.stringMatching(/one is under way|Nothing was sent/)]);
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds.map(({ refundAmount }) => refundAmount)).toEqual([7000]);
});

test("a click made twice refunds once", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "100.00" });
  await operator.fillRefund({ amount: "25.00" });
  await operator
    .refundPanel()
    .getByRole("button", { name: /^Refund/ })
    .dblclick();
  await expect(operator.entries("Refund succeeded, HK$ 25.00")).toHaveCount(1);
  const { refunds } = await sandbox.order(mchOrderNo);
  expect(refunds).toHaveLength(1);
});

test("a refund that the channel fails frees its sum for another one", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "100.00" });
  await sandbox.misbehave("fail-refund", { mchOrderNo });
  await operator.refund({ amount: "100.00" });
  await expect(operator.entries("Refund failed, HK$ 100.00")).toHaveCount(1);
  await expect(operator.state("Paid")).toBeVisible();
  await sandbox.behave();
  await operator.refund({ amount: "100.00" });
  await expect(operator.state("Refunded")).toBeVisible();
  await expect(operator.act("Refund")).toContainText("everything has been refunded");
});

test("on a phone a refund that is loud becomes quiet when support has looked and said what they found", async ({
  operator,
  support,
  sandbox,
}) => {
  await support.sitAt(390);
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "100.00" });
  await sandbox.misbehave("wrong-amount", { mchOrderNo });
  const mchRefundNo = await operator.refund({ amount: "40.00" });
  await expect(operator.state("Part refunded")).toBeVisible();
  await operator.page.getByRole("main").getByRole("link", { name: mchRefundNo }).click();
  await operator.page.waitForURL(/\/refunds\/[0-9a-f-]{36}$/);
  await expect(operator.head()).toContainText("carries numbers that are not this refund's");

  await support.open("/test/refunds?look=1");
  await support.page.getByRole("link", { name: mchRefundNo }).click();
  await support.page.waitForURL(/\/refunds\/[0-9a-f-]{36}$/);
  const noted = support.page.getByRole("button", { name: "I have looked at it" });
  await noted.click();
  // The form has come back whole when its bad field has the focus.
  await expect(support.page.getByLabel("What you found")).toBeFocused();
  await expect(support.head()).toContainText("Say in a few words what you found.");
  await support.page.getByLabel("What you found").fill("Their message is wrong, our sum is right");
  await noted.click();
  await expect(noted).toHaveCount(0);
  await expect(support.entries("looked at it")).toContainText("Their message is wrong, our sum is right");
  await expect(operator.head()).not.toContainText("carries numbers that are not this refund's");
  await expect(operator.state("Succeeded")).toBeVisible();
});

test("a refund of more than is left, of fractions of a cent or of words is explained at its field", async ({
  operator,
  sandbox,
}) => {
  const { mchOrderNo } = await paid(operator, sandbox, { amount: "12.34" });
  for (const amount of ["12.35", "1.234", "1,2", "lots"]) {
    await operator.fillRefund({ amount });
    await operator.sendRefund();
    await expect(operator.refundPanel().locator("#amount-error")).toBeVisible();
    await expect(operator.refundPanel().getByLabel("Amount")).toHaveValue(amount);
    await operator.page.getByRole("link", { name: "Close refund" }).click();
    await expect(operator.refundPanel()).toHaveCount(0);
  }
  expect((await sandbox.order(mchOrderNo)).refunds).toEqual([]);
});

async function paid(operator: Person, sandbox: Sandbox, asked: NewPayment) {
  const payment = await operator.createPayment({ ...asked, mchOrderNo: ownNumber() });
  await sandbox.pay(payment.mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  return payment;
}

function textsOf(person: Person): Promise<string[]> {
  return person.refundPanel().allTextContents();
}
