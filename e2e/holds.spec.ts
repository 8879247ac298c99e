import { expect, test } from "./fixtures";
import type { Person } from "./person";
import type { Sandbox } from "./sandbox";

// Invented, because nobody has published the real ones: the admin of the journey has "heard" them from the gateway.
const atGateway = {
  completePath: "/api/made-up/take",
  releasePath: "/api/made-up/free",
  orderField: "holdOrderNo",
  amountField: "takeAmount",
  numberField: "takeNo",
  completedState: 21,
  releasedState: 22,
  isPartAllowed: true,
};

async function enterRules(admin: Person, sandbox: Sandbox): Promise<void> {
  await sandbox.takeHolds(atGateway);
  const { page } = admin;
  await admin.open("/test/settings/hold-rules");
  await page.getByRole("main").getByRole("link", { name: "UnionPay online", exact: true }).click();
  await page.getByLabel("Hours the gateway keeps a hold").fill("168");
  const completion = page.getByRole("group", { name: "Completion: takes the money" });
  await completion.getByLabel("Path").fill("https://elsewhere.example/take");
  await completion.getByLabel("State of the order afterwards").fill(String(atGateway.completedState));
  await completion.getByLabel("Field that names the order").fill(atGateway.orderField);
  await completion.getByLabel("Field for the amount").fill(atGateway.amountField);
  await completion.getByLabel("Field for our number of the act").fill(atGateway.numberField);
  await completion.getByLabel("Less than the hold may be taken").check();
  const release = page.getByRole("group", { name: "Release: gives it free" });
  await release.getByLabel("Path").fill(atGateway.releasePath);
  await release.getByLabel("State of the order afterwards").fill(String(atGateway.releasedState));
  await release.getByLabel("Field that names the order").fill(atGateway.orderField);
  await release.getByLabel("Field for our number of the act").fill(atGateway.numberField);
  const save = page.getByRole("button", { name: "Save the hold rules" });
  await save.click();
  await expect(completion).toContainText("without a host");
  // What is wrong is focused when the form has come back whole.
  await expect(completion.getByLabel("Path")).toBeFocused();
  await completion.getByLabel("Path").fill(atGateway.completePath);
  await save.click();
  await expect(page.getByText("Holds of this credential can be completed and released.")).toBeVisible();
}

test("a hold is no payment until an admin has entered how it is completed and a part of it was taken", async ({
  admin,
  operator,
  sandbox,
}) => {
  const nothingEntered = await operator.createPayment({ amount: "100.00", hold: true });
  await sandbox.pay(nothingEntered.mchOrderNo);
  await expect(operator.state("Held")).toBeVisible();
  await expect(operator.hold()).toContainText("An admin enters it under Hold rules");
  await expect(operator.hold().getByRole("link", { name: "Complete the hold" })).toHaveCount(0);
  await expect(operator.act("Refund")).toContainText("only held, nothing was paid");

  await enterRules(admin, sandbox);
  const { mchOrderNo, path } = await operator.createPayment({ amount: "100.00", way: "UP_OP", hold: true });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Held")).toBeVisible();
  // The 168 hours that were entered, from when the gateway's clock said that it was held. Another journey puts that clock
  // forward by minutes, and hours are whole.
  await expect(operator.hold()).toContainText(/(?<![0-9])(6 d 23 h|7 d) left/);
  await operator.hold().getByRole("link", { name: "Complete the hold" }).click();
  const panel = operator.page.getByRole("region", { name: "Complete the hold" });
  await panel.getByLabel("Amount to take").fill("60.00");
  await panel.getByRole("button", { name: "Take HK$\u00a060.00" }).click();
  await expect(operator.state("Paid")).toBeVisible();
  await expect(operator.page.getByRole("main")).toContainText("of HK$\u00a0100.00 only HK$\u00a060.00 was taken");
  await expect(operator.act("Refund")).toContainText("Up to HK$\u00a060.00");
  expect(await sandbox.order(mchOrderNo)).toMatchObject({ takenAmount: 6000, holdExecutions: 1, state: 21 });

  await operator.open("/test/holds?standing=completed");
  await expect(operator.page.getByRole("link", { name: mchOrderNo })).toHaveAttribute("href", path);
});

test("on a phone a hold is released once, though the answer is lost", async ({ admin, operator, sandbox }) => {
  await enterRules(admin, sandbox);
  await operator.sitAt(390);
  const { mchOrderNo } = await operator.createPayment({ amount: "100.00", way: "UP_OP", hold: true });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Held")).toBeVisible();
  await sandbox.misbehave("drop-connection", { mchOrderNo, operation: "holdRelease", when: "after" });
  await operator.hold().getByRole("link", { name: "Release the hold" }).click();
  const panel = operator.page.getByRole("region", { name: "Release the hold" });
  await panel.getByRole("button", { name: "Release HK$\u00a0100.00" }).click();
  await expect(operator.state("Released")).toBeVisible();
  await expect(operator.hold()).toContainText("Release: done");
  await expect(operator.act("Refund")).toContainText("Not possible");
  expect(await sandbox.order(mchOrderNo)).toMatchObject({ holdExecutions: 1, state: 22 });
});
