import { expect, test } from "./fixtures";

test("an admin sets how long messages are kept as they came, and the audit says who did", async ({ admin }) => {
  const { page } = admin;
  await admin.open("/test/settings/notify-addresses");
  const months = page.getByLabel("Months to keep them");
  const save = page.getByRole("button", { name: "Save the period" });
  await months.fill("0");
  await save.click();
  await expect(page.getByText("Whole months, from 1 to 120.")).toBeVisible();
  // What is wrong is focused when the form has come back whole.
  await expect(months).toBeFocused();
  await months.fill("24");
  await save.click();
  await expect(page.getByText("Messages are kept as they came for 24 months.")).toBeVisible();

  await admin.open("/production/settings/notify-addresses");
  await expect(months).toHaveValue("24");
  await admin.open("/test/settings/audit");
  await expect(
    page.getByRole("row", { name: /changed how long messages are kept as they came/ }).first(),
  ).toBeVisible();
});
