import { expect, test } from "./fixtures";
import { numbered, tellOfOrders } from "./inbox";
import { ownNumber } from "./numbers";
import type { Person } from "./person";

const rowsOf = ({ page }: Person, text: string | RegExp) =>
  page.getByRole("table").getByRole("row").filter({ hasText: text });

test("payments are narrowed by state, way, amount and day, and the address says how", async ({ operator, sandbox }) => {
  const prefix = ownNumber("F");
  const small = await operator.createPayment({ mchOrderNo: `${prefix}-S`, amount: "5.00" });
  await operator.createPayment({ mchOrderNo: `${prefix}-M`, amount: "50.00", way: "UP_OP" });
  await operator.createPayment({ mchOrderNo: `${prefix}-L`, amount: "500.00" });
  await sandbox.pay(small.mchOrderNo);

  await operator.open(`/test/payments?number=${prefix}`);
  await expect(rowsOf(operator, prefix)).toHaveCount(3);
  await expect(rowsOf(operator, `${prefix}-S`)).toContainText("Paid");

  const filter = async (change: (page: Person["page"]) => Promise<unknown>) => {
    await operator.page.locator("summary", { hasText: "Filter" }).click();
    await change(operator.page);
    await operator.page.getByRole("button", { name: "Show", exact: true }).click();
  };
  await filter((page) => page.getByLabel("Amount, HK$, from").fill("50"));
  await expect(rowsOf(operator, prefix)).toHaveCount(2);
  await expect(operator.page).toHaveURL(/least=50/);
  await filter((page) => page.getByLabel("Way code").fill("UP_OP"));
  await expect(rowsOf(operator, prefix)).toHaveCount(1);
  await expect(rowsOf(operator, `${prefix}-M`)).toHaveCount(1);
  await operator.page.getByRole("link", { name: "Remove filter way" }).click();
  await expect(rowsOf(operator, prefix)).toHaveCount(2);
  await filter((page) => page.getByRole("checkbox", { name: "Paid", exact: true }).check());
  await expect(operator.page.getByText("Nothing matches these filters.")).toBeVisible();
  await operator.page.getByRole("link", { name: "Remove filter amount" }).click();
  await expect(rowsOf(operator, prefix)).toHaveCount(1);

  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await operator.open(`/test/payments?number=${prefix}&from=${today}&to=${today}`);
  await expect(rowsOf(operator, prefix)).toHaveCount(3);
  await operator.open(`/test/payments?number=${prefix}&to=2020-01-01`);
  await expect(operator.page.getByText("Nothing matches these filters.")).toBeVisible();
});

test("sorting is in the address, and going back or reloading restores the list", async ({ operator }) => {
  const prefix = ownNumber("S");
  await operator.createPayment({ mchOrderNo: `${prefix}-2`, amount: "20.00" });
  await operator.createPayment({ mchOrderNo: `${prefix}-1`, amount: "10.00" });
  await operator.createPayment({ mchOrderNo: `${prefix}-3`, amount: "30.00" });
  const order = () => rowsOf(operator, prefix).getByRole("link", { name: new RegExp(`^${prefix}`) });

  await operator.open(`/test/payments?number=${prefix}`);
  await expect(order()).toHaveText([`${prefix}-3`, `${prefix}-1`, `${prefix}-2`]);
  await operator.page.getByRole("link", { name: "Amount" }).click();
  await expect(order()).toHaveText([`${prefix}-3`, `${prefix}-2`, `${prefix}-1`]);
  await expect(operator.page.getByRole("columnheader", { name: "Amount" })).toHaveAttribute("aria-sort", "descending");
  await operator.page.getByRole("link", { name: "Amount" }).click();
  await expect(order()).toHaveText([`${prefix}-1`, `${prefix}-2`, `${prefix}-3`]);
  await operator.page.reload();
  await expect(order()).toHaveText([`${prefix}-1`, `${prefix}-2`, `${prefix}-3`]);
  await order().first().click();
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await operator.page.goBack();
  await expect(order()).toHaveText([`${prefix}-1`, `${prefix}-2`, `${prefix}-3`]);
});

test("the pages of a list follow one another without a gap or a repetition, forth and back", async ({
  operator,
  sandbox,
  request,
}) => {
  const { mchOrderNo } = await operator.createPayment();
  const prefix = ownNumber("P");
  const numbers = numbered(prefix, 110);
  await tellOfOrders(request, sandbox, { like: mchOrderNo, numbers });

  const { page } = operator;
  const shown = async () => (await rowsOf(operator, prefix).allTextContents()).map((text) => numberIn(text, prefix));
  await operator.open("/test/notifications?verdict=unknown-order");
  const newestFirst: string[] = [...(await shown())];
  while (newestFirst.length < numbers.length) {
    const address = page.url();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Older" }).click();
    await page.waitForURL((url) => url.href !== address);
    await expect(rowsOf(operator, prefix).first()).toBeVisible();
    newestFirst.push(...(await shown()));
  }
  expect(newestFirst).toEqual(numbers.toReversed());

  const last = await shown();
  await page.reload();
  expect(await shown()).toEqual(last);
  const address = page.url();
  await page.goBack();
  await page.waitForURL((url) => url.href !== address);
  await expect(rowsOf(operator, String(last[0]))).toHaveCount(0);
  await page.goForward();
  await expect(rowsOf(operator, String(last[0]))).toHaveCount(1);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Newer" }).click();
  await expect(rowsOf(operator, String(last[0]))).toHaveCount(0);
});

test("an old or mistyped address opens a list and never an error", async ({ operator }) => {
  for (const search of ["sort=nonsense", "after=nonsense", "state=nonsense&least=abc&from=yesterday", "credential=1"]) {
    for (const list of ["payments", "refunds", "notifications", "calls"]) {
      const response = await operator.page.goto(`/test/${list}?${search}`);
      expect(response?.status(), `${list}?${search}`).toBe(200);
    }
  }
});

function numberIn(text: string, prefix: string): string {
  return new RegExp(`${prefix}-[0-9]{3}`).exec(text)?.[0] ?? "";
}
