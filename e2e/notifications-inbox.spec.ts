import { randomBytes } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { taken, tellOfOrders } from "./inbox";
import { ownNumber } from "./numbers";
import { addOwnCredential } from "./own-credential";
import { rotateToSecondKey } from "./rotation";
import { signed } from "./signer";

test("a notification that failed because the secret was wrong is processed again after a preview", async ({
  admin,
  operator,
  sandbox,
  request,
}) => {
  const { page } = admin;
  const { merchant, tell } = await addOwnCredential(admin, sandbox);

  // The gateway has another secret by now, and signs with it.
  const next = randomBytes(64).toString("hex");
  await sandbox.addMerchant({ ...merchant, apps: [{ ...merchant.apps[0], secret: next }] });
  const mchOrderNo = ownNumber("AGAIN");
  expect(await tell(request, mchOrderNo)).toBe("bad-signature");
  await rotateToSecondKey(page, next);

  await operator.open(`/test/notifications?number=${mchOrderNo}`);
  await operator.page.getByRole("checkbox", { name: `Choose ${mchOrderNo}` }).check();
  await operator.page.getByRole("button", { name: "Reprocess…" }).click();
  await expect(operator.page.getByRole("listitem").filter({ hasText: "Bad signature" })).toContainText("Unknown order");
  await operator.page.getByRole("button", { name: "Reprocess 1" }).click();
  await expect(operator.page.getByText("Done: 1 judged again.")).toBeVisible();

  await operator.open(`/test/notifications?number=${mchOrderNo}`);
  await operator.page.getByRole("link", { name: mchOrderNo, exact: true }).click();
  await expect(operator.page.getByRole("region", { name: "Verdict" })).toContainText("Unknown order");
  // What we answered then stays what we answered.
  await expect(operator.page.getByRole("table", { name: /^Deliveries/ })).toContainText("bad-signature");
});

test("a genuine notification of production at an address of test is kept apart, in words that say so", async ({
  operator,
  sandbox,
  request,
}) => {
  const { mchOrderNo, path } = await operator.createPayment();
  const { notifyUrl, amount } = await sandbox.order(mchOrderNo);
  const { mchNo, apps } = await sandbox.merchant("production");
  const told = { mchNo, appId: String(apps[0]?.appId), mchOrderNo, amount, currency: "HKD", state: 2 };
  const message = { ...told, sign: signed(told, String(apps[0]?.secret)) };
  expect(await post(request, String(notifyUrl), message)).toBe("wrong-environment");
  await operator.open(`/test/notifications?verdict=wrong-environment&number=${mchOrderNo}`);
  await operator.page.getByRole("link", { name: mchOrderNo, exact: true }).click();
  await expect(operator.page.getByRole("region", { name: "Verdict" })).toContainText("It is genuine, for production");
  await operator.open(path);
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await expect(operator.entries("Notification: payment")).toHaveCount(0);
});

test("the inbox stands still while it is paused, and shows what came when it goes on", async ({
  operator,
  another,
  sandbox,
  request,
}) => {
  const known = await operator.createPayment();
  const prefix = ownNumber("TAIL");
  await tellOfOrders(request, sandbox, { like: known.mchOrderNo, numbers: [`${prefix}-1`] });
  await operator.open(`/test/notifications?number=${prefix}`);
  const rows = operator.page.getByRole("table").getByRole("row").filter({ hasText: prefix });
  await expect(rows).toHaveCount(1);
  await operator.page.getByRole("button", { name: "Pause live" }).click();
  const goOn = operator.page.getByRole("button", { name: "Paused, go on" });
  await expect(goOn).toBeVisible();

  const watcher = await another("support");
  await tellOfOrders(request, sandbox, { like: known.mchOrderNo, numbers: [`${prefix}-2`] });
  await watcher.open(`/test/notifications?number=${prefix}`);
  await expect(watcher.page.getByRole("row").filter({ hasText: prefix })).toHaveCount(2);
  await expect(operator.page.getByRole("button", { name: "1 new" })).toHaveCount(0);

  await goOn.click();
  await operator.page.getByRole("button", { name: "1 new" }).click();
  await expect(rows).toHaveCount(2);
});

test("a payment above what a notification may do alone is paid once our own question is answered", async ({
  operator,
  sandbox,
}) => {
  const { mchOrderNo } = await operator.createPayment({ amount: "10000.01" });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await expect(operator.entries("Proven by the signed answer to our question.")).toHaveCount(1);
  await operator.openEvidence(operator.entries("Notification: payment"), "Notification");
  await expect(operator.page.getByRole("region", { name: "Verdict" })).toContainText(
    "the rule of its credential wants our own question answered first",
  );
});

async function post(request: APIRequestContext, address: string, form: Record<string, string | number>) {
  return (await taken(() => request.post(address, { form }))).text();
}
