import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";

const troubles = [
  { name: "answers 502", fault: { kind: "status-answer", status: 502 } },
  { name: "answers a web page", fault: { kind: "html-answer" } },
  { name: "answers XML whatever was asked for", fault: { kind: "xml-answer", force: true } },
  { name: "answers garbage", fault: { kind: "garbage-answer" } },
  { name: "answers far too much", fault: { kind: "huge-answer", sizeBytes: 8_388_608 } },
  { name: "answers nothing", fault: { kind: "empty-answer" } },
  { name: "redirects elsewhere", fault: { kind: "redirect-answer" } },
  { name: "cuts the connection after executing", fault: { kind: "drop-connection", when: "after" } },
  { name: "signs badly", fault: { kind: "wrong-secret" } },
  { name: "does not sign", fault: { kind: "missing-sign" } },
] as const;

for (const { name, fault } of troubles) {
  test(`an order whose gateway ${name} is unclear, says so, and is resolved by asking`, async ({
    operator,
    sandbox,
  }) => {
    const mchOrderNo = ownNumber();
    const { kind, ...options } = fault;
    await sandbox.misbehave(kind, { ...options, mchOrderNo });
    await operator.createPayment({ mchOrderNo, amount: "45.00" });
    await expect(operator.state("Unclear")).toBeVisible();
    await expect(operator.page.getByText("Do not create it a second time: we keep asking.")).toBeVisible();
    await sandbox.behave();
    await operator.askTheGateway();
    await expect(operator.state("Waiting for payer")).toBeVisible();
    expect((await sandbox.order(mchOrderNo)).executions).toBe(1);
    await sandbox.pay(mchOrderNo);
    await expect(operator.state("Paid")).toBeVisible();
  });
}

test("an order that the gateway never heard of stays unclear for a while, and asking says so", async ({
  operator,
  sandbox,
}) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("drop-connection", { mchOrderNo, when: "before" });
  await operator.createPayment({ mchOrderNo });
  await expect(operator.state("Unclear")).toBeVisible();
  await expect(operator.act("Refund")).toContainText("it is not known whether this was paid");
  await sandbox.behave();
  await operator.askTheGateway();
  await expect(operator.act("Ask the gateway now")).toContainText("The gateway knows no order of this number.");
  await expect(operator.state("Unclear")).toBeVisible();
});

test("what the gateway answered can be read, and nothing in it runs", async ({ operator, sandbox }) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("html-answer", { mchOrderNo, times: 1 });
  await operator.createPayment({ mchOrderNo });
  await operator.openEvidence(operator.entries("Answer").last(), "Call");
  await expect(operator.page.getByRole("region", { name: "The answer as it came" })).toContainText(
    "<h1>Bad gateway</h1>",
  );
  await expect(operator.page.getByRole("heading", { name: "Bad gateway" })).toHaveCount(0);
});
