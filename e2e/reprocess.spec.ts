import { expect, test } from "./fixtures";

test("everything since an hour is processed again in three clicks, and what was never told is asked about", async ({
  operator,
}) => {
  const { page } = operator;
  await operator.open("/production/notifications");
  await page.getByRole("link", { name: "Reprocess…" }).click();
  await page.getByRole("link", { name: "The last hour" }).click();
  await page.waitForURL(/since=1h/);
  await expect(page.getByRole("link", { name: "The last hour" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("button", { name: /^Reprocess .* ask about the rest$/ }).click();
  await page.waitForURL(/run=/);
  await expect(page.getByText("Done.", { exact: true })).toBeVisible();
  await operator.open("/production/notifications/reprocess");
  await expect(page.getByRole("region", { name: "Earlier runs" }).getByText("finished").first()).toBeVisible();
});
