import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { sessionFile } from "./run";

test("without JavaScript payments are listed, filtered, opened and read", async ({ operator, browser, sandbox }) => {
  const prefix = ownNumber("N");
  const paid = await operator.createPayment({ mchOrderNo: `${prefix}-1`, amount: "77.00" });
  await operator.createPayment({ mchOrderNo: `${prefix}-2`, amount: "11.00" });
  await sandbox.pay(paid.mchOrderNo);

  const context = await browser.newContext({ javaScriptEnabled: false, storageState: sessionFile("support") });
  const page = await context.newPage();
  const rows = page.getByRole("table").getByRole("row").filter({ hasText: prefix });
  await page.goto("/test/payments");
  await expect(rows).toHaveCount(2);
  await page.getByText("Filter", { exact: true }).click();
  await page.getByLabel("Number", { exact: true }).fill(prefix);
  await page.getByLabel("Amount, HK$, from").fill("50");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole("link", { name: "Remove filter amount" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("link", { name: "Amount" }).click();
  await expect(rows.first()).toContainText("77.00");
  await page.getByRole("link", { name: paid.mchOrderNo }).click();
  await expect(page.locator("main header").getByText("Paid", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: /^Timeline/ })).toContainText("Notification: payment");
  await page.getByRole("searchbox").fill(`${prefix}-2`);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.locator("main header").getByText("Waiting for payer", { exact: true })).toBeVisible();
  await expect(page.getByRole("img", { name: `order ${prefix}-2` })).toBeVisible();
  await context.close();
});

test("without JavaScript the pages of a list follow one another", async ({ operator, browser }) => {
  await operator.createPayment();
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: sessionFile("support") });
  const page = await context.newPage();
  await page.goto("/test/calls");
  const older = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Older" });
  const first = await page.getByRole("table").getByRole("row").nth(1).textContent();
  if ((await older.count()) > 0) {
    await older.click();
    await expect(page.getByRole("table").getByRole("row").nth(1)).not.toHaveText(String(first));
  }
  await context.close();
});
