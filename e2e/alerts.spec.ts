import { Debugger } from "./debugger";
import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { addOwnCredential } from "./own-credential";
import type { SandboxMerchant } from "./sandbox";
import { Hands } from "./scenarios/hands";
import { measured } from "./scenarios/measured";
import { signed } from "./signer";

const refusedAndWhy = {
  number: 5,
  title: "notifications are refused, and why",
  target: "1 click from the alert, 5 s to a named cause",
  anchor: "Stripe: 5 clicks, 12 s, and the cause is left to the reader",
  most: { clicks: 1, keys: 0 },
};

test("a burst of bad signatures opens one alert, which leads to the messages and by one click to the mistake", async ({
  admin,
  another,
  sandbox,
  request,
}, info) => {
  const { label, tell, merchant } = await addOwnCredential(admin, sandbox);
  const support = await another("support");
  await support.open("/test/alerts");
  const open = support.page.getByRole("listitem").filter({ hasText: label });
  await expect(support.page.getByRole("heading", { name: "Open now" })).toBeVisible();
  await expect(open).toHaveCount(0);

  const prefix = ownNumber("BURST");
  for (let each = 1; each <= 10; each += 1) {
    const mchOrderNo = `${prefix}-${each}`;
    const sign = signedWithLineEnd(merchant, mchOrderNo);
    expect(await tell(request, mchOrderNo, sign)).toBe("bad-signature");
  }
  // The page that is open already tells of it by itself.
  await expect(open).toContainText(
    "10 messages in 10 minutes carried a signature that no key of this credential makes",
  );
  await expect(open).toHaveCount(1);
  const navigation = support.page.getByRole("navigation", { name: "Main", exact: true });
  await expect(navigation.getByRole("link", { name: /^Alerts\s*\d+\+? open$/ })).toBeVisible();

  await open.getByRole("link", { name: "See the messages" }).click();
  await expect(support.page.getByRole("table").getByRole("row").filter({ hasText: prefix })).toHaveCount(10);

  await admin.open("/test/alerts");
  const own = admin.page.getByRole("listitem").filter({ hasText: label });
  const hands = new Hands(admin.page);
  await hands.click(own.getByRole("link", { name: "Why was the last one refused?" }));
  await hands.wait(() => expect(new Debugger(admin.page).verdict()).toHaveText(/^The key has a line end behind it/));
  await measured(info, refusedAndWhy, { way: "from the alert", hands, ours: { clicks: 1, keys: 0 } });
});

/** As a gateway signs whose key was pasted together with the end of its line. */
function signedWithLineEnd({ mchNo, apps }: SandboxMerchant, mchOrderNo: string): string {
  const [app] = apps;
  const fields = { mchNo, appId: String(app?.appId), mchOrderNo, amount: 100, currency: "HKD", state: 2 };
  return signed(fields, `${app?.secret}\n`);
}

test("an admin sets when an alert opens, and others only read it", async ({ admin, another }) => {
  await admin.open("/production/alerts");
  const limits = admin.page.getByRole("form", { name: "Limits: A refund has been unclear for long" });
  await limits.getByLabel("Minutes").fill("0");
  await limits.getByRole("button", { name: "Save" }).click();
  await expect(limits.getByText("A whole number, from 1 to 1440.")).toBeVisible();
  // What is wrong is focused when the form has come back whole.
  await expect(limits.getByLabel("Minutes")).toBeFocused();
  await limits.getByLabel("Minutes").fill("45");
  await limits.getByRole("button", { name: "Save" }).click();
  await expect(limits.getByText("not known 45 minutes after it was sent")).toBeVisible();
  const support = await another("support");
  await support.open("/production/alerts");
  await expect(support.page.getByText("not known 45 minutes after it was sent")).toBeVisible();
  await expect(support.page.getByRole("button", { name: "Save" })).toHaveCount(0);
});
