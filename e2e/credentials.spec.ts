import { randomBytes } from "node:crypto";
import { expect, test } from "./fixtures";
import type { Person } from "./person";
import { sandboxUrl } from "./run";
import type { SandboxMerchant } from "./sandbox";

// No other test pays this way, so none is handed the credentials made here.
const wayCodes = ["PP_PC"];

test("a credential is proven at the gateway before it is saved, and its secret is never shown again", async ({
  admin,
  sandbox,
}) => {
  const merchant = await sandbox.addMerchant({ environment: "test", apps: [{ wayCodes, secret: inventedSecret() }] });
  const secret = String(merchant.apps[0]?.secret);
  await fillCredential(admin, merchant, "x".repeat(secret.length));
  await admin.page.getByRole("button", { name: "Prove and save" }).click();
  await expect(admin.page.getByRole("main")).toContainText(/secret/i);
  await expect(admin.refusal()).toBeVisible();
  await expect(admin.page.getByLabel("Merchant number")).toHaveValue(merchant.mchNo);
  await expect(admin.page.getByRole("textbox", { name: "Secret" })).toHaveValue("");

  await admin.page.getByRole("textbox", { name: "Secret" }).fill(secret);
  await admin.page.getByRole("button", { name: "Prove and save" }).click();
  await expect(admin.page.getByText("Proven at the gateway and saved.")).toBeVisible();
  await expect(admin.page.getByText(`…${secret.slice(-4)}`)).toBeVisible();
  await expect(admin.page.getByText("128 characters")).toBeVisible();
  await admin.page.reload();
  expect(await admin.page.content()).not.toContain(secret);
  await expect(admin.page.getByText(/\/api\/notify\/[0-9a-f-]{36}\/payment$/)).toBeVisible();
});

test("a credential that is taken out of use carries no new payment", async ({ admin, operator, sandbox }) => {
  const merchant = await sandbox.addMerchant({ environment: "test", apps: [{ wayCodes: ["PP_PC", "X_OWN"] }] });
  await fillCredential(admin, merchant, String(merchant.apps[0]?.secret), ["X_OWN"]);
  await admin.page.getByRole("button", { name: "Prove and save" }).click();
  await expect(admin.page.getByText("Proven at the gateway and saved.")).toBeVisible();

  const { page } = operator;
  await page.goto("/test/payments/new");
  await page.getByText("Other ways, or a way code of your own").click();
  await page.getByLabel("Way code").fill("X_OWN");
  await expect(page.getByText("X_OWN needs nothing else.")).toContainText(`Journey ${merchant.mchNo}`);

  await admin.page.getByRole("button", { name: "Take out of use" }).click();
  await expect(admin.page.getByRole("button", { name: "Take into use" })).toBeVisible();
  await page.reload();
  await page.getByText("Other ways, or a way code of your own").click();
  await page.getByLabel("Way code").fill("X_OWN");
  await expect(page.getByText("No active credential carries X_OWN")).toBeVisible();
});

test("wrong credential fields are explained beside the field and stay typed, but for the secret", async ({ admin }) => {
  const { page } = admin;
  await page.goto("/test/settings/credentials/new");
  await page.getByLabel("Name").fill("Somewhere");
  await page.getByLabel("Gateway address").fill("http://gateway.example");
  await page.getByLabel("Merchant number").fill("M1");
  await page.getByLabel("Application id").fill("A1");
  await page.getByRole("textbox", { name: "Secret" }).fill("short-invented-secret");
  await page.getByRole("button", { name: "Prove and save" }).click();
  await expect(page.locator("#baseUrl-error")).toContainText(/https/);
  await expect(page.getByLabel("Gateway address")).toHaveValue("http://gateway.example");
  await expect(page.getByRole("textbox", { name: "Secret" })).toHaveValue("");
});

test("the addresses to give to the gateway are listed for every credential", async ({ admin }) => {
  for (const environment of ["test", "production"]) {
    await admin.open(`/${environment}/settings/notify-addresses`);
    await expect(admin.page.getByText(/\/api\/notify\/[0-9a-f-]{36}\/(payment|refund|cancel)$/).nth(2)).toBeVisible();
  }
});

async function fillCredential(admin: Person, { mchNo, apps }: SandboxMerchant, secret: string, ways = wayCodes) {
  const { page } = admin;
  await page.goto("/test/settings/credentials/new");
  await page.getByLabel("Name").fill(`Journey ${mchNo}`);
  await page.getByLabel("Gateway address").fill(sandboxUrl);
  await page.getByLabel("Merchant number").fill(mchNo);
  await page.getByLabel("Application id").fill(String(apps[0]?.appId));
  await page.getByRole("textbox", { name: "Secret" }).fill(secret);
  await page.getByLabel("Ways of paying").fill(ways.join(", "));
}

function inventedSecret(): string {
  return randomBytes(64).toString("hex");
}
