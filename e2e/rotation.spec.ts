import { randomBytes } from "node:crypto";
import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { addOwnCredential } from "./own-credential";
import { keyOf } from "./rotation";

test("a key is rotated while the gateway decides when, and the old one retires with proof", async ({
  admin,
  operator,
  sandbox,
  request,
}) => {
  const { page } = admin;
  await admin.sitAt(1440);
  const { merchant, path, tell } = await addOwnCredential(admin, sandbox, "UP_B2B");
  const next = randomBytes(64).toString("hex");

  // The key is there before the gateway uses it.
  await page.getByRole("textbox", { name: "Secret" }).fill(next);
  await page.getByRole("button", { name: "Add the next key" }).click();
  await expect(keyOf(page, 2)).toContainText("pending, verifies only");
  const steps = page.getByRole("list", { name: "Steps of the rotation" }).getByRole("listitem");
  await expect(steps.filter({ hasText: "Probe" })).toContainText("Not yet: the gateway refuses its signature");
  await page.getByRole("button", { name: "Promote key 2" }).click();
  await expect(page.getByText("Key 1 goes on signing.")).toBeVisible();

  // The gateway changes its key at a moment of its own: a payment that needs it finds out.
  await sandbox.addMerchant({ ...merchant, apps: [{ ...merchant.apps[0], secret: next }] });
  await operator.createPayment({ way: "UP_B2B", amount: "10.00" });
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await expect(operator.entries("The gateway refused key 1 and took key 2")).toHaveCount(1);

  await admin.open(path);
  await expect(keyOf(page, 2)).toContainText("signs and verifies");
  await expect(keyOf(page, 1)).toContainText("verifies only");
  await expect(steps.filter({ hasText: "Promote" })).toContainText("By itself");
  const proof = page.getByRole("region", { name: "Proof" });
  await expect(proof).toContainText("1 of 20 calls with a validly signed answer under key 2.");
  await expect(proof).toContainText("0 of 1 genuine notifications under key 2.");
  await expect(page.getByRole("button", { name: "Retire key 1", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await admin.open("/test/alerts");
  const alert = page.getByRole("listitem").filter({ hasText: merchant.mchNo });
  await expect(alert).toContainText("The gateway refused key 1 and took key 2");

  // A small shop asks for less proof, and the gateway tells of something under its new key.
  await admin.open(path);
  await page.getByText("What the proof asks for").click();
  const rule = page.getByRole("form", { name: "What the proof asks for" });
  await rule.getByLabel("Calls under the new key").fill("1");
  await rule.getByLabel("Quiet minutes of the old one").fill("0");
  await rule.getByRole("button", { name: "Save what is asked for" }).click();
  await expect(proof).not.toContainText("calls with a validly signed answer under key 2.");
  await expect.poll(() => tell(request, ownNumber("ROTATED"))).toBe("success");
  await page.reload();
  await expect(proof).toContainText("Nobody signs with key 1 any more");
  await page.getByRole("button", { name: "Retire key 1", exact: true }).click();
  await expect(keyOf(page, 1)).toContainText("retired with proof");
  await expect(page.getByRole("button", { name: "Add the next key" })).toBeVisible();
});
