import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures";

test("an admin narrows the audit to one act, and takes it along as a file", async ({ admin }) => {
  const { page } = admin;
  await admin.open("/test/settings/audit?act=session.opened");
  await expect(page.getByText("signed in", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("table")).not.toContainText("added a person");
  // The worker seals what the people who signed in left behind.
  await expect(async () => {
    await admin.open("/test/settings/audit?act=session.opened");
    await expect(page.getByText(/in the chain, the last sealed/)).toBeVisible();
  }).toPass();

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const lines = (await readFile(await (await file).path(), "utf8")).trimEnd().split("\r\n");
  expect(lines[0]).toBe("\uFEFFWhen,Who,Did what,Where,About,Facts,From,Entry");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.slice(1).filter((line) => !line.includes(",session.opened,"))).toEqual([]);
});
