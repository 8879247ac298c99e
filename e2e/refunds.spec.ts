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
