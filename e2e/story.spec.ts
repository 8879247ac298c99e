import { expect, test } from "./fixtures";
import { barCode } from "./numbers";
import type { Payment, Person } from "./person";
import type { Sandbox } from "./sandbox";

const environments = ["test", "production"] as const;

for (const environment of environments) {
  test(`a QR code is paid, part of it refunded, and support finds it by every number, in ${environment}`, async ({
    operator,
    support,
    stranger: payer,
    sandbox,
  }) => {
    const payment = await operator.createPayment({ environment, way: "WX_QR", amount: "88.00" });
    await expect(operator.state("Waiting for payer")).toBeVisible();
    await expect(operator.page.getByRole("img", { name: `order ${payment.mchOrderNo}` })).toBeVisible();

    const code = await textOfTheCode(operator);
    expect(code).toBe(sandbox.cashierUrl(await sandbox.order(payment.mchOrderNo)));
    await payer.open(code);
    await payer.page.getByRole("button", { name: "Pay", exact: true }).click();
    await expect(payer.page.getByRole("status")).toHaveText("Paid");

    await isPaidAndRefunded(operator, sandbox, payment, { part: "13.00", left: "75.00" });
    await supportFindsIt(support, sandbox, payment);
  });

  test(`a link is paid on the gateway's page, part of it refunded, and support finds it, in ${environment}`, async ({
    operator,
    support,
    sandbox,
  }) => {
    const payment = await operator.createPayment({ environment, way: "UP_OP", amount: "1280.00" });
    await expect(operator.state("Waiting for payer")).toBeVisible();

    const payPage = await operator.openPayPage();
    await expect(payPage.getByText(payment.mchOrderNo, { exact: true })).toBeVisible();
    await payPage.getByRole("button", { name: "Pay", exact: true }).click();
    await expect(payPage.getByRole("status")).toHaveText("Paid");

    await isPaidAndRefunded(operator, sandbox, payment, { part: "280.00", left: "1,000.00" });
    await supportFindsIt(support, sandbox, payment);
  });

  test(`a payer's bar code is scanned and paid, part of it refunded, and support finds it, in ${environment}`, async ({
    operator,
    support,
    sandbox,
  }) => {
    const { mchOrderNo } = await operator.fillPayment({ environment, way: "WX_BAR", amount: "36.50" });
    const code = operator.page.getByLabel("Payer’s code");
    // A scanner gun types the digits and then Enter.
    await code.pressSequentially(barCode(6));
    await code.press("Enter");
    await operator.page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
    const payment = { environment, mchOrderNo, path: new URL(operator.page.url()).pathname };

    await isPaidAndRefunded(operator, sandbox, payment, { part: "6.50", left: "30.00" });
    await supportFindsIt(support, sandbox, payment);
  });
}

test("a gateway's own form runs in a window of its own, is paid there, and never runs in our page", async ({
  operator,
}) => {
  await operator.createPayment({ way: "UP_PC", amount: "860.00" });
  await expect(operator.page.getByText("cut off from this console")).toBeVisible();
  await expect(operator.page.locator("form#pay")).toHaveCount(0);
  const payPage = await operator.openPayPage();
  await payPage.getByRole("button", { name: "Pay", exact: true }).click();
  await expect(payPage.getByRole("status")).toHaveText("Paid");
  await expect(operator.state("Paid")).toBeVisible();
});

type Sums = { part: string; left: string };

/** Without a reload: the page hears of every step by itself. */
async function isPaidAndRefunded(operator: Person, sandbox: Sandbox, payment: Payment, { part, left }: Sums) {
  await expect(operator.state("Paid")).toBeVisible();
  await expect(operator.head().getByText("countersigned by the gateway")).toBeVisible();
  await expect(operator.entries("Notification: payment").filter({ hasText: "signature valid" })).toHaveCount(1);

  const mchRefundNo = await operator.refund({ amount: part });
  await expect(operator.entries(`Refund succeeded, HK$ ${part}`)).toHaveCount(1);
  await expect(operator.state("Part refunded")).toBeVisible();
  await expect(operator.page.getByRole("main")).toContainText(`HK$ ${left}`);
  const { refunds } = await sandbox.order(payment.mchOrderNo);
  expect(refunds.map((refund) => [refund.mchRefundNo, refund.state])).toEqual([[mchRefundNo, 2]]);
}

async function supportFindsIt(support: Person, sandbox: Sandbox, { environment, mchOrderNo, path }: Payment) {
  const { payOrderId, channelOrderNo, refunds } = await sandbox.order(mchOrderNo);
  await support.open(`/${environment}/payments`);
  for (const number of [mchOrderNo, payOrderId, String(channelOrderNo)]) {
    await support.search(number);
    await support.page.waitForURL(`**${path}`);
    await expect(support.state("Part refunded")).toBeVisible();
    await support.open(`/${environment}/refunds`);
  }
  for (const number of [refunds[0]?.mchRefundNo, refunds[0]?.refundOrderId, refunds[0]?.channelOrderNo]) {
    await support.search(String(number));
    await support.page.waitForURL(/\/refunds\/[0-9a-f-]{36}$/);
    await expect(support.state("Succeeded")).toBeVisible();
    await expect(support.page.getByRole("link", { name: mchOrderNo })).toHaveAttribute("href", path);
    await support.open(`/${environment}/payments`);
  }
}

/** What a phone reads: the page gives it out as text too. */
async function textOfTheCode({ page }: Person): Promise<string> {
  const button = page.getByRole("button", { name: "Copy the code’s text" });
  await button.click();
  const said = page.getByText(/^Copied: /);
  await expect(said).toHaveCount(1);
  return String(await said.textContent()).replace("Copied: ", "");
}
