import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { addOwnCredential } from "./own-credential";

test("a credential learns where its notifications come from, and then believes only those addresses", async ({
  admin,
  sandbox,
  request,
}) => {
  const { page } = admin;
  const { path, tell } = await addOwnCredential(admin, sandbox);
  const first = ownNumber("LEARN");
  await expect.poll(() => tell(request, first)).toBe("success");
  await admin.open(path);
  const seen = page.getByRole("list", { name: "Source addresses seen" }).getByRole("listitem");
  await expect(seen).toHaveCount(1);
  await expect(seen).toContainText("1 message, 1 of them signed by the gateway");
  const form = page.getByRole("form", { name: "Source addresses" });
  const here = await form.getByLabel("Addresses and ranges").inputValue();
  expect(here).toMatch(/^[0-9a-f.:]+$/);

  await form.getByText("Believe only the list").click();
  await form.getByLabel("Addresses and ranges").fill("203.0.113.0/24 and others");
  await form.getByRole("button", { name: "Save the addresses" }).click();
  await expect(form.getByText("“and” is no address or range")).toBeVisible();
  // What is wrong is focused when the form has come back whole.
  await expect(form.getByLabel("Addresses and ranges")).toBeFocused();
  await form.getByLabel("Addresses and ranges").fill("203.0.113.0/24");
  await form.getByRole("button", { name: "Save the addresses" }).click();
  await expect(form.getByText("Saved. It holds for the next notification.")).toBeVisible();
  await expect(seen).toContainText("refused");

  let mchOrderNo = "";
  // Another process may have read the credential a moment ago, and what is believed once stays believed.
  const tellAnother = () => {
    mchOrderNo = ownNumber("SOURCE");
    return tell(request, mchOrderNo);
  };
  await expect.poll(tellAnother).toBe("source-refused");
  await admin.open(`/test/notifications?verdict=source-refused&number=${mchOrderNo}`);
  await page.getByRole("link", { name: mchOrderNo, exact: true }).click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("from an address that is not on the list");

  await admin.open(path);
  // A text typed into a page that is just waking up may be typed beside what stood there.
  await expect(async () => {
    await form.getByLabel("Addresses and ranges").fill(`203.0.113.0/24\n${here}`);
    await form.getByRole("button", { name: "Save the addresses" }).click();
    await expect(seen).toContainText("on the list", { timeout: 10_000 });
  }).toPass();
  await expect.poll(() => tell(request, mchOrderNo)).toBe("success");
});
