import { expect, test } from "../fixtures";
import { ownNumber } from "../numbers";
import type { Person } from "../person";
import type { Sandbox } from "../sandbox";
import { Hands } from "./hands";
import { measured } from "./measured";

const refund = {
  number: 2,
  title: "refund HK$ 35 of 120 with a reason, from the order's page",
  target: "at most 2 clicks, 9 keys, 10 s",
  anchor: "Stripe: 5 clicks, 5 keys, 11.6 s",
  most: { clicks: 2, keys: 9 },
};

test("a part is refunded with a reason without touching the mouse", async ({ operator, sandbox }, info) => {
  await paid(operator, sandbox);
  const hands = new Hands(operator.page);
  hands.think();
  await hands.press("r");
  await hands.wait(() => expect(operator.refundPanel().getByLabel("Amount")).toBeFocused());
  await hands.type("35");
  await hands.press("Tab");
  await hands.press("g");
  hands.think();
  await hands.press("Control+Enter");
  await hands.wait(() => expect(operator.state("Part refunded")).toBeVisible());
  await expect(operator.entries(/started a refund of HK\$\s35\.00: goods returned/)).toHaveCount(1);
  await measured(info, refund, { way: "by keyboard", hands, ours: { clicks: 0, keys: 7 } });
});

test("a part is refunded with a reason by mouse and two figures", async ({ operator, sandbox }, info) => {
  await paid(operator, sandbox);
  const hands = new Hands(operator.page);
  hands.think();
  await hands.click(operator.act("Refund").getByRole("link", { name: "Refund", exact: true }));
  await hands.wait(() => expect(operator.refundPanel().getByLabel("Amount")).toBeFocused());
  await hands.type("35");
  await hands.press("Tab");
  await hands.press("g");
  hands.think();
  await hands.click(operator.refundPanel().getByRole("button", { name: /^Refund HK\$\s35\.00/ }));
  await hands.wait(() => expect(operator.state("Part refunded")).toBeVisible());
  await measured(info, refund, { way: "by mouse", hands, ours: { clicks: 2, keys: 4 } });
});

const doubt = {
  number: 3,
  title: "after a timeout, know whether the refund happened",
  target: "0 clicks and 60 s, or 1 click and 3 s",
  anchor: "Hyperswitch: 1 click, 6.9 s, for the payment only",
  most: { clicks: 1, keys: 0 },
};

test("a refund whose answer was lost becomes certain by itself", async ({ operator, sandbox }, info) => {
  await unclear(operator, sandbox);
  const hands = new Hands(operator.page);
  await hands.wait(() => expect(operator.state("Part refunded")).toBeVisible());
  await measured(info, doubt, { way: "by itself", hands, ours: { clicks: 0, keys: 0 } });
});

test("a refund whose answer was lost becomes certain by one click", async ({ operator, sandbox }, info) => {
  await unclear(operator, sandbox);
  const hands = new Hands(operator.page);
  await hands.click(operator.act("Ask the gateway now").getByRole("button", { name: "Ask" }));
  await hands.wait(() => expect(operator.state("Part refunded")).toBeVisible());
  await measured(info, doubt, { way: "by asking now", hands, ours: { clicks: 1, keys: 0 } });
});

async function paid(operator: Person, sandbox: Sandbox): Promise<string> {
  const { mchOrderNo } = await operator.createPayment({ amount: "120.00", mchOrderNo: ownNumber() });
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  return mchOrderNo;
}

/** The gateway carries the refund out and says nothing, until it is seen that nobody knows and nobody may refund. */
async function unclear(operator: Person, sandbox: Sandbox): Promise<void> {
  const mchOrderNo = await paid(operator, sandbox);
  await sandbox.misbehave("drop-connection", { mchOrderNo, operation: "refundOrder", when: "after" });
  await sandbox.misbehave("drop-connection", { mchOrderNo, operation: "refundQuery", when: "before" });
  await sandbox.misbehave("silent", { mchOrderNo });
  await operator.refund({ amount: "35.00" });
  await expect(operator.page.getByText(/We do not know yet whether HK\$\s35\.00 more went back\./)).toBeVisible();
  await expect(operator.act("Refund")).toContainText("the gateway takes one refund at a time");
  await sandbox.behave();
}
