import { expect } from "@playwright/test";
import { EventType } from "@/lib/domain/events";
import type { Person } from "./person";
import type { Sandbox } from "./sandbox";

type Endpoint = { key: string; path: string };
type NewEndpoint = { label: string; url: string; types: readonly EventType[] };

/** Adds an endpoint for the test merchant on its page, and goes on to it. */
export async function addEndpoint(
  admin: Person,
  sandbox: Sandbox,
  { label, url, types }: NewEndpoint,
): Promise<Endpoint> {
  const { page } = admin;
  await admin.open("/test/settings/events/new");
  const merchant = page.getByLabel("Merchant");
  if ((await merchant.count()) > 0) {
    const { mchNo } = await sandbox.merchant("test");
    const value = await merchant.locator("option", { hasText: mchNo }).getAttribute("value");
    await merchant.selectOption(String(value));
  }
  await page.getByLabel("Name").fill(label);
  await page.getByLabel("Address").fill(url);
  for (const type of EventType.options) await page.locator(`input[value="${type}"]`).setChecked(types.includes(type));
  await page.getByRole("button", { name: "Save and show the key" }).click();
  const notice = page.getByRole("status").filter({ hasText: "It is not shown again" });
  const key = await notice.getByText(/^whsec_/).innerText();
  await page.getByRole("link", { name: "I have the key: go on to a test" }).click();
  await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
  return { key, path: new URL(page.url()).pathname };
}

/** Nothing more is sent to it; whoever closes a receiver says so first. */
export async function takeOutOfUse(admin: Person, { path }: Pick<Endpoint, "path">): Promise<void> {
  await admin.open(path);
  await admin.page.getByRole("button", { name: "Take out of use" }).click();
  await expect(admin.page.getByRole("button", { name: "Take into use" })).toBeVisible();
}
