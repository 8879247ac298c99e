import { expect, type Locator, type Page } from "@playwright/test";

/** A version of a secret in the list on the credential's page. */
export function keyOf(page: Page, version: number): Locator {
  return page
    .getByRole("list", { name: "Keys" })
    .getByRole("listitem")
    .filter({ hasText: `Key ${version}` });
}

/** Adds the next key on the credential's page and promotes it: the gateway uses it already. */
export async function rotateToSecondKey(page: Page, secret: string): Promise<void> {
  await page.getByRole("textbox", { name: "Secret" }).fill(secret);
  await page.getByRole("button", { name: "Add the next key" }).click();
  await page.getByRole("button", { name: "Promote key 2" }).click();
  await expect(keyOf(page, 2)).toContainText("signs and verifies");
}
