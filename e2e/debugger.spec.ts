import { Debugger, type Fields, forms } from "./debugger";
import { expect, test } from "./fixtures";
import { taken } from "./inbox";
import { ownNumber } from "./numbers";
import { signInOf, webUrl } from "./run";
import { signed } from "./signer";

const secret = "inv3nted-secret-of-the-debugger-journeys-0123456789";

/** A request whose signature lacks `signType`. */
function refused(): Fields {
  const signedFields = {
    ...{ mchNo: "M1000000001", appId: "60cc09bce4b0f1c0b83761c9", mchOrderNo: ownNumber(), wayCode: "WX_QR" },
    ...{ amount: 8800, currency: "HKD", subject: "Flat white", reqTime: 1_795_070_081_118, version: "1.0" },
  };
  return { ...signedFields, signType: "MD5", sign: signed(signedFields, secret) };
}

test("whatever is pasted is read, and its mistake is named with a secret that is typed", async ({ operator }) => {
  const { page } = operator;
  const screen = new Debugger(page);
  await operator.open("/test/payments");
  await page.getByRole("link", { name: "Signature debugger" }).first().click();
  for (const { name, write } of Object.values(forms)) {
    const message = refused();
    await screen.paste(write(message), name);
    await screen.typeSecret(secret);
    await expect(page.locator("[data-verdict]"), name).toContainText(String(message["sign"]));
    await expect(screen.verdict(), name).toHaveText("signType was sent but not signed.");
  }
  // A typed secret is gone as soon as a stored one is chosen.
  await page.getByText("Stored", { exact: true }).click();
  await expect(screen.verdict()).toHaveCount(0);
});

test("a refused notification leads to its reason by one click, and the steps show where it happened", async ({
  operator,
  sandbox,
  request,
}) => {
  const { mchOrderNo } = await operator.createPayment();
  const order = await sandbox.order(mchOrderNo);
  const { payOrderId, mchNo, appId, amount } = order;
  const fields = {
    payOrderId,
    mchNo,
    appId,
    mchOrderNo,
    amount,
    currency: "HKD",
    state: 2,
    reqTime: 1_700_000_000_000,
  };
  const sign = signed(fields, `${await sandbox.secretOf(order)}\n`);
  const response = await taken(() => request.post(String(order.notifyUrl), { form: { ...fields, sign } }));
  expect(response.status()).toBe(400);
  await operator.openEvidence(operator.entries("Notification: payment"), "Notification");
  const { page } = operator;
  await page.getByRole("link", { name: "Open in the signature debugger" }).click();
  const screen = new Debugger(page);
  await expect(screen.verdict()).toHaveText(/^The key has a line end behind it/);
  await expect(page.getByText("not given out: whoever has it can send this message")).toBeVisible();
  await expect(page.getByRole("tab", { selected: true })).toContainText("Add key");
  await page.getByRole("tab", { name: /^Choose/ }).click();
  await expect(page.getByRole("row", { name: /^sign / })).toContainText("a signature does not sign itself");
});

test("a key of the other environment is named to whoever may use it, and to nobody else", async ({
  operator,
  admin,
  sandbox,
}) => {
  const [here, there] = [await sandbox.merchant("test"), await sandbox.merchant("production")];
  const fields = {
    ...{ mchNo: here.mchNo, appId: String(here.apps[0]?.appId), mchOrderNo: ownNumber(), wayCode: "WX_QR" },
    ...{ amount: 8800, currency: "HKD", subject: "Tea", reqTime: 1_795_070_081_118, version: "1.0", signType: "MD5" },
  };
  const message = { ...fields, sign: signed(fields, String(there.apps[0]?.secret)) };
  for (const [person, sentence] of [
    [operator, /^No known mistake gives this signature/],
    [admin, /^It was signed with the key of production/],
  ] as const) {
    await person.open("/test/debugger");
    const screen = new Debugger(person.page);
    await screen.paste(JSON.stringify(message), "JSON body");
    await expect(screen.verdict()).toHaveText(sentence);
    await expect(person.page.getByText("This use is in the audit")).toBeVisible();
  }
  await expect(admin.page.getByText("a message of Test signed with a key of Production")).toBeVisible();
});

test("a call shows where its time went, and gives itself as code that asks for the secret", async ({
  operator,
  sandbox,
}) => {
  const { page } = operator;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { mchOrderNo } = await operator.createPayment();
  await operator.timeline().getByRole("link", { name: "Call", exact: true }).first().click();
  const steps = page.getByRole("region", { name: "Where the time went" });
  await expect(steps.getByRole("term")).toContainText(["DNS", "Connect", "TLS", "Wait", "Read"]);
  await expect(steps.getByRole("definition").nth(3)).toHaveText(/ms|s$/);
  const secret = await sandbox.secretOf(await sandbox.order(mchOrderNo));
  for (const [language, asksForSecret] of [
    ["Python", 'os.environ["COUNTERSIGN_SECRET"]'],
    ["Java", 'System.getenv("COUNTERSIGN_SECRET")'],
  ] as const) {
    const code = page.getByRole("tabpanel", { name: language, exact: true });
    // A page that has just come may not answer the first click.
    await expect(async () => {
      await page.getByRole("tab", { name: language, exact: true }).click();
      await expect(code).toContainText(asksForSecret, { timeout: 2_000 });
    }).toPass();
    await page.getByRole("button", { name: "Copy the code" }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain(asksForSecret);
    expect(await copied()).toContain(mchOrderNo);
    expect(await copied()).not.toContain(secret);
  }
});

test("a case is handed on without its secret, and who opens it on a phone signs in first", async ({
  operator,
  stranger,
}) => {
  const { page } = operator;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await operator.open("/test/debugger");
  const screen = new Debugger(page);
  await screen.paste(JSON.stringify(refused()), "JSON body");
  await screen.typeSecret(secret);
  await expect(screen.verdict()).toBeVisible();
  await page.getByRole("button", { name: "Share without the secret" }).click();
  await expect(page.getByRole("button", { name: /^Copied/ })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`${webUrl}/test/debugger#case=`);
  expect(Buffer.from(String(link.split("#case=")[1]), "base64url").toString()).not.toContain(secret);

  const { email, password } = signInOf("support");
  await stranger.page.setViewportSize({ width: 390, height: 844 });
  await stranger.page.goto(link);
  await stranger.page.getByLabel("E-mail").fill(email);
  await stranger.page.getByLabel("Password", { exact: true }).fill(password);
  await stranger.page.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.page.getByText("Read as JSON body,")).toBeVisible();
  await expect(stranger.page.getByText(/^Searches with stored secrets are for operators and admins\./)).toBeVisible();
  await stranger.page.getByLabel("Secret, for this moment").fill(secret);
  await expect(new Debugger(stranger.page).verdict()).toHaveText("signType was sent but not signed.");
});
