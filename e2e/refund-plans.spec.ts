import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { Person } from "./person";
import { sessionFile } from "./run";
import type { Sandbox } from "./sandbox";

test("chosen payments are rehearsed, refunded together within a budget, and reported", async ({
  operator,
  sandbox,
}) => {
  const { page } = operator;
  await operator.sitAt(1440);
  const prefix = ownNumber("B");
  const orders = await paidOrders(operator, sandbox, prefix, 3);
  await operator.open(`/test/payments?number=${prefix}`);
  await page.getByRole("checkbox", { name: `Choose ${orders[0]}` }).check();
  await page.getByRole("checkbox", { name: `Choose ${orders[1]}` }).check();
  const bar = page.getByRole("region", { name: "2 chosen" });
  await expect(bar).toContainText("HK$ 200.00 not refunded");
  await bar.getByRole("button", { name: "Refund together…" }).click();
  await expect(page.getByRole("textbox", { name: "Lines" })).toHaveValue(new RegExp(String(orders[0])));
  await page.getByLabel("Reason of lines that name none").selectOption({ label: "Goods returned" });
  await page.getByRole("button", { name: "Rehearse" }).click();

  await page.waitForURL(/\/refund-plans\/[0-9a-f-]{36}$/);
  await expect(operator.state("Rehearsed")).toBeVisible();
  await expect(page.getByRole("table").getByText("Will be refunded")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Sums in HKD" })).toContainText("200.00");
  expect(await refundsOf(sandbox, orders)).toEqual([[], [], []]);

  await page.getByLabel("Budget in HKD").fill("150");
  await page.getByRole("button", { name: /^Run: refund HK\$.200\.00$/ }).click();
  await expect(operator.state("Paused")).toBeVisible();
  await expect(operator.head()).toContainText("does not fit into the budget");
  await expect(page.getByRole("table").getByText("Succeeded")).toHaveCount(1);
  await page.getByLabel("Budget in HKD").fill("200");
  await page.getByRole("button", { name: /^Resume/ }).click();
  await expect(operator.state("Finished")).toBeVisible();
  await expect(page.getByRole("table").getByText("Succeeded")).toHaveCount(2);
  expect((await refundsOf(sandbox, orders)).toSorted()).toEqual([[], [10_000], [10_000]]);

  await page.getByRole("table").getByRole("link", { name: /^R-/ }).first().click();
  await page.waitForURL(/\/refunds\/[0-9a-f-]{36}$/);
  await page.getByRole("main").locator("a[href*='/refund-plans/']").click();
  await page.waitForURL(/\/refund-plans\/[0-9a-f-]{36}$/);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Report" }).click();
  const report = await (await file).createReadStream();
  const text = (await report.toArray()).join("");
  expect(text).toContain(orders[0]);
  expect(text).toContain("succeeded");
  expect(text).not.toContain(orders[2]);
});

test("a list from a file is taken whole or not at all, and every line gets its verdict", async ({
  operator,
  sandbox,
}) => {
  const { page } = operator;
  const prefix = ownNumber("C");
  const [first = "", second = ""] = await paidOrders(operator, sandbox, prefix, 2);
  await operator.sitAt(390);
  await operator.open("/test/refund-plans/new");
  await page.getByLabel("Name of the plan").fill(`Returns ${prefix}`);
  await page.getByLabel("Reason of lines that name none").selectOption({ label: "Goodwill" });
  const lines = page.getByRole("textbox", { name: "Lines" });
  const bring = (text: string) =>
    page
      .getByLabel("CSV file")
      .setInputFiles({ name: "returns.csv", mimeType: "text/csv", buffer: Buffer.from(text, "utf8") });

  await bring(`\uFEFFOrder number;amount\r\n${first};35.00\r\n;1.00\r\n1.2E+18;`);
  await expect(lines).toHaveValue(/1\.2E\+18/);
  await page.getByRole("button", { name: "Rehearse" }).click();
  await expect(page.getByText(/^Line 3: The number of the order is missing/)).toBeVisible();
  await expect(page.getByText(/^Line 4: A spreadsheet turned the number into 1\.2E\+18/)).toBeVisible();
  await expect(lines).toHaveValue(new RegExp(first));

  await bring(`Order number;amount\r\n${first};35.00\r\n${second};1.00\r\nP-NOBODY;\r\n${first};`);
  await expect(lines).toHaveValue(/P-NOBODY/);
  await page.getByRole("button", { name: "Rehearse" }).click();
  await expect(operator.state("Rehearsed")).toBeVisible();
  const table = page.getByRole("table");
  for (const word of ["Will be refunded", "Slip of units?", "Unknown here", "Listed twice"]) {
    await expect(table.getByText(word, { exact: true })).toBeVisible();
  }
  await page.getByRole("checkbox", { name: /^Line 3/ }).check();
  await page.getByLabel("Budget in HKD").fill("36");
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(operator.state("Finished")).toBeVisible();
  expect(await refundsOf(sandbox, [first, second])).toEqual([[3_500], [100]]);
});

test("without JavaScript payments are chosen, rehearsed and refunded too", async ({ operator, browser, sandbox }) => {
  const prefix = ownNumber("D");
  const orders = await paidOrders(operator, sandbox, prefix, 2);
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: sessionFile("operator") });
  const page = await context.newPage();
  await page.goto(`/test/payments?number=${prefix}`);
  for (const order of orders) await page.getByRole("checkbox", { name: `Choose ${order}` }).check();
  await page.getByRole("button", { name: "Refund together…" }).click();
  await page.getByLabel("Reason of lines that name none").selectOption({ label: "Goodwill" });
  await page.getByRole("button", { name: "Rehearse" }).click();
  await expect(page.getByRole("table").getByText("Will be refunded")).toHaveCount(2);
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main header").getByText("Finished", { exact: true })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await refundsOf(sandbox, orders)).toEqual([[10_000], [10_000]]);
  await context.close();
});

test("who may not refund sees no boxes and no plans", async ({ support }) => {
  support.expectedProblems.push(/403/);
  await support.open("/test/payments");
  await expect(support.page.getByRole("table")).toBeVisible();
  await expect(support.page.getByRole("checkbox", { name: /^Choose/ })).toHaveCount(0);
  await expect(support.page.getByRole("link", { name: "Refund plans" })).toHaveCount(0);
  await support.open("/test/refund-plans");
  await expect(support.page.getByRole("main")).toContainText("refunds:create");
});

async function paidOrders(person: Person, sandbox: Sandbox, prefix: string, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
  for (const mchOrderNo of orders) {
    await person.createPayment({ mchOrderNo, amount: "100.00" });
    await sandbox.pay(mchOrderNo);
    await expect(person.state("Paid")).toBeVisible();
  }
  return orders;
}

async function refundsOf(sandbox: Sandbox, orders: readonly string[]): Promise<number[][]> {
  const found = await Promise.all(orders.map((order) => sandbox.order(order)));
  return found.map(({ refunds }) => refunds.map(({ refundAmount }) => refundAmount));
}
