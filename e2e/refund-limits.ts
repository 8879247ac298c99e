import { expect } from "@playwright/test";
import type { Person } from "./person";

type Limit = { role: "operator" | "admin"; currency: string; perRefund?: string; perDay?: string };

/** Sets a limit of the test environment on its page, in major units. A journey that does takes a currency of its own. */
export async function setLimit(admin: Person, { role, currency, perRefund = "", perDay = "" }: Limit): Promise<void> {
  await admin.open("/test/settings/refund-rules");
  const form = admin.page.getByRole("form", { name: "Limit in another currency" });
  await form.getByLabel("Role").selectOption(role);
  await form.getByLabel("Currency").fill(currency);
  await form.getByLabel("Per refund").fill(perRefund);
  await form.getByLabel("Per person and day").fill(perDay);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("status")).toContainText(`The limit of ${role} in ${currency} is set.`);
}
