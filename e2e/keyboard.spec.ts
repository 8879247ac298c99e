import { expect, test } from "./fixtures";

test("a slash leads to the search, and g and a letter to the lists", async ({ operator }) => {
  const { mchOrderNo, path } = await operator.createPayment();
  const { page } = operator;
  await page.goto("/test/refunds");
  // A cap is drawn from when its key works; until then nobody is promised anything.
  await expect(page.getByRole("search").getByText("/", { exact: true })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(mchOrderNo);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${path}`);
  await page.locator("main").focus();
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await page.waitForURL("**/test/notifications");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a payment is created and refunded without a mouse", async ({ operator, sandbox }) => {
  const { page } = operator;
  await page.goto("/test/payments/new");
  await expect(page.getByLabel("Amount")).toBeFocused();
  await page.keyboard.type("42.00");
  await tabTo(operator, page.getByLabel("Subject"));
  await page.keyboard.type("By keyboard alone");
  await tabTo(operator, page.getByRole("main").getByRole("button", { name: "Ask for HK$ 42.00" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
  const mchOrderNo = await page.locator("main nav").first().locator(".mono").textContent();
  await sandbox.pay(String(mchOrderNo));
  await expect(operator.state("Paid")).toBeVisible();

  await page.locator("main").focus();
  await page.keyboard.press("r");
  await expect(operator.refundPanel().getByLabel("Amount")).toBeFocused();
  await page.keyboard.type("2.00");
  await tabTo(operator, operator.refundPanel().getByLabel("Reason"));
  await page.keyboard.type("Goodwill");
  await tabTo(operator, operator.refundPanel().getByRole("button", { name: "Refund HK$ 2.00" }));
  await page.keyboard.press("Enter");
  await expect(operator.entries("Refund succeeded, HK$ 2.00")).toHaveCount(1);
});

test("a dialog keeps the focus, and Escape leaves everything as it was", async ({ operator, sandbox }) => {
  const { path, mchOrderNo } = await operator.createPayment();
  const { page } = operator;
  await page.getByRole("link", { name: "Close the order" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press("Tab");
    const isOutside = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused !== null && focused !== document.body && focused.closest("dialog") === null;
    });
    expect(isOutside).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.waitForURL(`**${path}`);
  await expect(operator.state("Waiting for payer")).toBeVisible();
  expect((await sandbox.order(mchOrderNo)).state).toBe(1);
});

test("the first stop of the Tab key leads past the navigation, and the next ones reach the list", async ({
  operator,
}) => {
  await operator.createPayment();
  const { page } = operator;
  await page.goto("/test/payments");
  await expect(page.getByRole("table")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo(operator, page.getByRole("table").getByRole("row").nth(1).getByRole("link").first());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
});

/** Presses Tab until the target has the focus, as somebody would who looks where it went. */
async function tabTo({ page }: { page: import("@playwright/test").Page }, target: import("@playwright/test").Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
