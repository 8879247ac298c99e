import { type APIRequestContext, expect } from "@playwright/test";
import { taken } from "./inbox";
import type { Person } from "./person";
import { sandboxUrl } from "./run";
import type { Sandbox, SandboxMerchant } from "./sandbox";
import { signed } from "./signer";

/** A credential that no other journey uses, and messages to it that nobody but this journey sends. */
export type OwnCredential = {
  label: string;
  /** The path of its page. */
  path: string;
  /** As the gateway knew it when the credential was added. */
  merchant: SandboxMerchant;
  /** Sends a message about an order of that number, signed with the gateway's secret of that moment unless `sign` says otherwise. */
  tell: (request: APIRequestContext, mchOrderNo: string, sign?: string) => Promise<string>;
};

/** Leaves the admin on the page of the credential. No other test may pay in its way: it would be handed the credential. */
export async function addOwnCredential({ page }: Person, sandbox: Sandbox, way = "PP_PC"): Promise<OwnCredential> {
  const merchant = await sandbox.addMerchant({ environment: "test", apps: [{ wayCodes: [way] }] });
  const { mchNo, apps } = merchant;
  const app = apps[0];
  const appId = String(app?.appId);
  const label = `Journey ${mchNo}`;
  await page.goto("/test/settings/credentials/new");
  await page.getByLabel("Name").fill(label);
  await page.getByLabel("Gateway address").fill(sandboxUrl);
  await page.getByLabel("Merchant number").fill(mchNo);
  await page.getByLabel("Application id").fill(appId);
  await page.getByRole("textbox", { name: "Secret" }).fill(String(app?.secret));
  await page.getByLabel("Ways of paying").fill(way);
  await page.getByRole("button", { name: "Prove and save" }).click();
  await expect(page.getByText("Proven at the gateway and saved.")).toBeVisible();
  const address = await page.getByText(/\/api\/notify\/[0-9a-f-]{36}\/payment$/).innerText();
  return {
    label,
    path: new URL(page.url()).pathname,
    merchant,
    tell: async (request, mchOrderNo, sign) => {
      const fields = { mchNo, appId, mchOrderNo, amount: 100, currency: "HKD", state: 2 };
      const form = { ...fields, sign: sign ?? signed(fields, await sandbox.secretOf({ mchNo, appId })) };
      return (await taken(() => request.post(address, { form }))).text();
    },
  };
}
