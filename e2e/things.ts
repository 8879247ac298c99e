import { randomBytes } from "node:crypto";
import type { Browser } from "@playwright/test";
import { addEndpoint } from "./endpoints";
import { expect, test as withPeople } from "./fixtures";
import { ownNumber } from "./numbers";
import type { Things } from "./pages";
import { Person } from "./person";
import { Receiver } from "./receiver";
import { setLimit } from "./refund-limits";
import { sessionFile } from "./run";
import { Sandbox } from "./sandbox";

/** It takes some thirty pages to make them all, each as slow as on a crowded machine. */
const timeToMakeThings = 480_000;

/** Journeys over pages, with one of each kind of thing to look at, made once for each worker. */
export const test = withPeople.extend<object, { things: Things }>({
  things: [async ({ browser }, use) => use(await makeThings(browser)), { scope: "worker", timeout: timeToMakeThings }],
});

async function makeThings(browser: Browser): Promise<Things> {
  const context = await browser.newContext({ storageState: sessionFile("admin") });
  const admin = new Person(await context.newPage());
  const sandbox = new Sandbox(context.request);
  const { path: waiting } = await admin.createPayment({ amount: "1280.00" });
  const paid = await admin.createPayment({ amount: "88.00", way: "UP_OP" });
  await sandbox.pay(paid.mchOrderNo);
  await expect(admin.state("Paid")).toBeVisible();
  await admin.refund({ amount: "8.00" });
  await expect(admin.state("Part refunded")).toBeVisible();
  const linked = async (label: string) =>
    String(await admin.timeline().getByRole("link", { name: label, exact: true }).first().getAttribute("href"));
  const evidence = {
    refund: await linked("Refund"),
    notification: await linked("Notification"),
    call: await linked("Call"),
  };
  const hold = await admin.createPayment({ amount: "100.00", way: "UP_OP", hold: true });
  await sandbox.pay(hold.mchOrderNo);
  await expect(admin.state("Held")).toBeVisible();
  const request = await makeRequest(browser, admin, sandbox);
  const plan = await makePlan(admin, [paid.mchOrderNo, "P-NOBODY"]);
  const events = await makeDelivery(admin, sandbox);
  const mark = randomBytes(4).toString("hex");
  await admin.open("/test/settings/people/new");
  await admin.page.getByLabel("Name").fill(`Onlooker ${mark}`);
  await admin.page.getByLabel("E-mail").fill(`onlooker-${mark}@demo.example`);
  await admin.page.getByRole("button", { name: "Add and make a link" }).click();
  const invitation = new URL(String(await admin.page.locator("[data-invitation]").textContent())).pathname;
  const rowLink = async (list: string, name: string | RegExp) => {
    await admin.open(list);
    return String(await admin.page.getByRole("table").getByRole("link", { name }).first().getAttribute("href"));
  };
  const credential = await rowLink("/test/settings/credentials", "WeChat Pay and Alipay");
  const person = await rowLink("/test/settings/people", `Onlooker ${mark}`);
  await context.close();
  return {
    waiting,
    paid: paid.path,
    hold: hold.path,
    request,
    plan,
    ...evidence,
    ...events,
    credential,
    person,
    invitation,
  };
}

/** In a currency that no journey uses, because the limit is everybody's. */
async function makeRequest(browser: Browser, admin: Person, sandbox: Sandbox): Promise<string> {
  await setLimit(admin, { role: "operator", currency: "MOP", perRefund: "0" });
  const context = await browser.newContext({ storageState: sessionFile("operator") });
  const operator = new Person(await context.newPage());
  const { mchOrderNo } = await operator.createPayment({ amount: "88.00", currency: "MOP" });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.fillRefund({ amount: "8.00" });
  await operator.askForApproval();
  const link = operator.waiting().getByRole("link", { name: "See the request" });
  const path = String(await link.getAttribute("href"));
  await context.close();
  return path;
}

async function makePlan({ page }: Person, numbers: readonly string[]): Promise<string> {
  await page.goto("/test/refund-plans/new");
  await page.getByLabel("Name of the plan").fill("Returns of the week");
  await page.getByRole("textbox", { name: "Lines" }).fill(numbers.join("\n"));
  await page.getByLabel("Reason of lines that name none").selectOption({ label: "Goodwill" });
  await page.getByRole("button", { name: "Rehearse" }).click();
  await page.waitForURL(/\/refund-plans\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** It hears only of what hardly happens, because nobody listens any more when the page is looked at. */
async function makeDelivery(admin: Person, sandbox: Sandbox): Promise<Pick<Things, "endpoint" | "delivery">> {
  const receiver = await Receiver.open();
  const { path } = await addEndpoint(admin, sandbox, {
    label: `Shop ${ownNumber()}`,
    url: receiver.url,
    types: ["refund.attention"],
  });
  await admin.page.getByRole("button", { name: "Send a test event" }).click();
  await admin.page.waitForURL(/\/deliveries\/[0-9a-f-]{36}$/);
  await expect(admin.state("Delivered")).toBeVisible();
  await receiver.close();
  return { endpoint: path, delivery: new URL(admin.page.url()).pathname };
}
