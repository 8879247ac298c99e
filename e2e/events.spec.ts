import { addEndpoint, takeOutOfUse } from "./endpoints";
import { expect, test as withPeople } from "./fixtures";
import { ownNumber } from "./numbers";
import { eventIn, isSignedBy, Receiver } from "./receiver";

const test = withPeople.extend<{ receiver: Receiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern
  receiver: async ({}, use) => {
    const receiver = await Receiver.open();
    await use(receiver);
    await receiver.close();
  },
});

test("a shop hears of a payment, signed with a key that was shown once, and hears it again under the same id", async ({
  admin,
  operator,
  sandbox,
  receiver,
}) => {
  const { page } = admin;
  await admin.sitAt(1440);
  const label = `Shop ${ownNumber()}`;
  const { key, path } = await addEndpoint(admin, sandbox, { label, url: receiver.url, types: ["payment.paid"] });
  expect(key).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
  expect(await page.content()).not.toContain(key.slice("whsec_".length));

  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.waitForURL(/\/deliveries\/[0-9a-f-]{36}$/);
  await expect(admin.state("Delivered")).toBeVisible();
  const ping = await receiver.heard(({ type }) => type === "ping");
  expect(isSignedBy(ping, key)).toBe(true);
  expect(isSignedBy({ ...ping, body: `${ping.body} ` }, key)).toBe(false);

  const { mchOrderNo } = await operator.createPayment({ amount: "45.60" });
  await sandbox.pay(mchOrderNo);
  const paid = await receiver.heard(({ data }) => JSON.stringify(data).includes(mchOrderNo));
  expect(isSignedBy(paid, key)).toBe(true);
  expect(eventIn(paid.body)).toMatchObject({
    type: "payment.paid",
    data: { payment: { mchOrderNo, amount: 4560, currency: "HKD", state: "paid" } },
  });

  await admin.open(`/test/settings/events/deliveries?endpoint=${path.split("/").at(-1)}&type=payment.paid`);
  const row = page.getByRole("table").getByRole("row").filter({ hasText: mchOrderNo });
  await row.getByRole("link", { name: "payment.paid" }).click();
  await expect(admin.state("Delivered")).toBeVisible();
  const attempts = page.getByRole("region", { name: "Attempts" }).getByRole("listitem");
  await expect(attempts).toHaveCount(1);
  await expect(attempts).toContainText("HTTP 200");
  await expect(attempts).toContainText("by the worker");
  await expect(attempts).toContainText(paid.signatures);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByText("Sent. The newest attempt below says what came back.")).toBeVisible();
  await expect(attempts).toHaveCount(2);
  await expect(attempts.first()).toContainText("by Ada Admin");
  const same = receiver.received.filter(({ id }) => id === paid.id);
  expect(same.map(({ body }) => body)).toEqual([paid.body, paid.body]);
  expect(same.map((each) => isSignedBy(each, key))).toEqual([true, true]);

  await takeOutOfUse(admin, { path });
});

test("what a receiver cannot take waits for its next attempt, and a person may send it before", async ({
  admin,
  operator,
  sandbox,
  receiver,
}) => {
  const { page } = admin;
  await admin.sitAt(390);
  receiver.answerWith(500);
  const label = `Book-keeping ${ownNumber()}`;
  const { path } = await addEndpoint(admin, sandbox, { label, url: receiver.url, types: ["payment.closed"] });
  const { mchOrderNo } = await operator.createPayment();
  await operator.closeOrder();
  const closed = await receiver.heard(({ data }) => JSON.stringify(data).includes(mchOrderNo));
  await admin.open(`/test/settings/events/deliveries?endpoint=${path.split("/").at(-1)}&state=due`);
  const row = page.getByRole("table").getByRole("row").filter({ hasText: mchOrderNo });
  await expect(row).toContainText("HTTP 500");
  await row.getByRole("link", { name: "payment.closed" }).click();
  await expect(admin.state("Waiting")).toBeVisible();
  await expect(admin.head()).toContainText(/\d of 8 attempts made/);
  await expect(page.getByText("Next attempt").locator("..").locator("time")).toBeVisible();
  await expect(page.getByRole("region", { name: "Attempts" })).toContainText("Refused");

  receiver.answerWith(204);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(admin.state("Delivered")).toBeVisible();
  await expect(page.getByText("Next attempt")).toHaveCount(0);
  expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([closed.id]));
  await takeOutOfUse(admin, { path });
});

test("a receiver that is gone hears nothing more until it is taken into use again", async ({
  admin,
  sandbox,
  receiver,
}) => {
  const { page } = admin;
  receiver.answerWith(410);
  const label = `Old shop ${ownNumber()}`;
  const { path } = await addEndpoint(admin, sandbox, { label, url: receiver.url, types: ["refund.attention"] });
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.waitForURL(/\/deliveries\/[0-9a-f-]{36}$/);
  await expect(admin.state("Given up")).toBeVisible();
  await admin.open(path);
  await expect(page.getByText("The receiver said that it is gone (HTTP 410)")).toBeVisible();
  await page.getByRole("button", { name: "Take into use" }).click();
  await expect(page.getByRole("button", { name: "Take out of use" })).toBeVisible();
  await expect(page.getByText("The receiver said that it is gone (HTTP 410)")).toHaveCount(0);
  await takeOutOfUse(admin, { path });
});

test("an address that is not on the public internet is refused for real money", async ({ admin, receiver }) => {
  const { page } = admin;
  await admin.open("/production/settings/events/new");
  await page.getByLabel("Name").fill("Shop");
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Save and show the key" }).click();
  await expect(admin.refusal()).toContainText("Use https://.");
  await page.getByLabel("Address").fill("https://127.0.0.1/events");
  await page.getByRole("button", { name: "Save and show the key" }).click();
  await expect(admin.refusal()).toContainText("This address is not on the public internet.");
  await expect(page.getByText(/^whsec_/)).toHaveCount(0);
});

test("events are for admins, and an operator reads who can help", async ({ operator, admin }) => {
  operator.expectedProblems.push(/status of 403/);
  for (const page of ["", "/new", "/deliveries"]) {
    const response = await operator.page.goto(`/test/settings/events${page}`);
    expect(response?.status()).toBe(403);
    await expect(operator.page.getByRole("main")).toContainText("Outgoing events are for admins. Ada Admin can help.");
  }
  admin.expectedProblems.push(/status of 404/);
  for (const page of ["nothing", "deliveries/nothing"]) {
    const response = await admin.page.goto(`/test/settings/events/${page}`);
    expect(response?.status()).toBe(404);
  }
});
