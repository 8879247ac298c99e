import { expect, test } from "@playwright/test";
import { sessionFile, signInOf } from "./run";

for (const role of ["support", "operator", "admin"] as const) {
  test(`somebody of role ${role} signs in`, async ({ page }) => {
    const { email, password, name } = signInOf(role);
    await page.goto("/test/payments");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/test/payments");
    await expect(page.getByRole("button", { name: `Account: ${name}, ${role}` })).toBeVisible();
    await page.context().storageState({ path: sessionFile(role) });
  });
}
