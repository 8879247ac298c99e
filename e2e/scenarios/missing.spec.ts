import { expect, test } from "../fixtures";
import { ownNumber } from "../numbers";
import { Hands } from "./hands";
import { measured } from "./measured";

const paidButPending = {
  number: 4,
  title: "the customer has paid, and the order says pending",
  target: "1 click, 5 s, and the timeline says who told us",
  anchor: "Hyperswitch: 2 clicks, 7.6 s",
  most: { clicks: 1, keys: 0 },
};

test("a paid order that nobody told us about is settled by one question", async ({
  operator,
  support,
  sandbox,
}, info) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("silent", { mchOrderNo });
  const payment = await operator.createPayment({ mchOrderNo });
  await sandbox.pay(mchOrderNo);
  await support.openPayment(payment);
  const hands = new Hands(support.page);
  await hands.click(support.act("Ask the gateway now").getByRole("button", { name: "Ask" }));
  await hands.wait(() => expect(support.state("Paid")).toBeVisible());
  await expect(support.entries("Proven by the signed answer to our question.")).toHaveCount(1);
  await measured(info, paidButPending, { way: "by asking now", hands, ours: { clicks: 1, keys: 0 } });
});
