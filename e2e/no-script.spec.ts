import { expect, test } from "./fixtures";
import { numbered, tellOfOrders } from "./inbox";
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
  await page.locator("summary", { hasText: "Filter" }).click();
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

test("without JavaScript the pages of a list follow one another", async ({ operator, browser, sandbox, request }) => {
  const { mchOrderNo } = await operator.createPayment();
  const prefix = ownNumber("N");
  await tellOfOrders(request, sandbox, { like: mchOrderNo, numbers: numbered(prefix, 60) });
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: sessionFile("support") });
  const page = await context.newPage();
  const row = (index: string) => page.getByRole("table").getByRole("link", { name: `${prefix}-${index}` });
  await page.goto("/test/notifications?verdict=unknown-order");
  await expect(row("060")).toBeVisible();
  await expect(row("001")).toHaveCount(0);
  const pages = page.getByRole("navigation", { name: "Pages" });
  while ((await row("001").count()) === 0) {
    const { href } = new URL(page.url());
    await pages.getByRole("link", { name: "Older" }).click();
    await page.waitForURL((url) => url.href !== href);
  }
  await expect(row("060")).toHaveCount(0);
  await pages.getByRole("link", { name: "Newer" }).click();
  await expect(row("001")).toHaveCount(0);
  await context.close();
});
