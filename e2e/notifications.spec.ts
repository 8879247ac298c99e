import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { signed } from "./signer";

test("a notification that comes before the answer of its order is believed, and the answer takes nothing back", async ({
  operator,
  sandbox,
}) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("notify-before-answer", { mchOrderNo });
  await operator.createPayment({ mchOrderNo });
  await expect(operator.state("Paid")).toBeVisible();
  await expect(operator.entries("Notification: payment")).toHaveCount(1);
  await expect(operator.entries(/Answer: code=0/).first()).toBeVisible();
  await operator.page.reload();
  await expect(operator.state("Paid")).toBeVisible();
});

test("a payment whose notification never arrives becomes paid because we ask", async ({ operator, sandbox }) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("silent", { mchOrderNo });
  await operator.createPayment({ mchOrderNo });
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await sandbox.pay(mchOrderNo);
  // The worker asks by itself, a few seconds after creation and then less and less often.
  await expect(operator.state("Paid")).toBeVisible({ timeout: 40_000 });
  await expect(operator.entries("Notification:")).toHaveCount(0);
  await expect(operator.entries("Proven by the signed answer to our question.")).toHaveCount(1);
});

test("a notification delivered a hundred times marks the payment paid once", async ({ operator, sandbox }) => {
  const { mchOrderNo } = await operator.createPayment();
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  const { attempts } = await sandbox.notify(mchOrderNo, { times: 99 });
  expect(attempts.every(({ reply, status }) => reply === "success" && status === 200)).toBe(true);
  const entry = operator.entries("Notification: payment");
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("Delivered 100 times.");
  await expect(operator.entries(/^(?:.*)Change of state: Paid/)).toHaveCount(1);
  await operator.openEvidence(entry, "Notification");
  await expect(operator.page.getByText("delivered 100 times")).toBeVisible();
});

test("a forged notification is refused, kept as badly signed, and changes nothing", async ({ operator, sandbox }) => {
  const { mchOrderNo, path } = await operator.createPayment();
  const { attempts } = await sandbox.notify(mchOrderNo, { kind: "forged" });
  expect(attempts.map(({ status, reply }) => [status, reply])).toEqual([[400, "bad-signature"]]);
  const entry = operator.entries("Notification: payment").filter({ hasText: "bad signature" });
  await expect(entry).toHaveCount(1);
  await expect(operator.state("Waiting for payer")).toBeVisible();
  await operator.openEvidence(entry, "Notification");
  const verdict = operator.page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toContainText("Bad signature");
  await expect(verdict).toContainText("nobody proved to be its author");
  await operator.page.getByRole("link", { name: mchOrderNo, exact: true }).click();
  await operator.page.waitForURL(`**${path}`);
  await expect(operator.state("Waiting for payer")).toBeVisible();
});

test("whoever knows neither key nor address gets nowhere", async ({ operator, sandbox, request }) => {
  const { mchOrderNo } = await operator.createPayment();
  const order = await sandbox.order(mchOrderNo);
  const fields = {
    mchNo: order.mchNo,
    appId: order.appId,
    mchOrderNo,
    amount: order.amount,
    currency: "HKD",
    state: 2,
  };
  const post = async (address: string, form: Record<string, string | number>) => {
    const response = await request.post(address, { form });
    return [response.status(), await response.text()];
  };
  const address = String(order.notifyUrl);
  expect(await post(address, fields)).toEqual([400, "bad-signature"]);
  expect(await post(address, { ...fields, sign: signed(fields, "") })).toEqual([400, "bad-signature"]);
  const elsewhere = address.replace(/[0-9a-f]{12}\//, "000000000000/");
  expect((await post(elsewhere, { ...fields, sign: signed(fields, "guessed") }))[0]).toBe(404);
  await operator.page.reload();
  await expect(operator.state("Waiting for payer")).toBeVisible();
});

test("a genuine message about ten times the amount is kept and not believed, and the gateway is asked", async ({
  operator,
  sandbox,
}) => {
  const mchOrderNo = ownNumber();
  await sandbox.misbehave("wrong-amount", { mchOrderNo });
  const { path } = await operator.createPayment({ mchOrderNo, amount: "12.34" });
  await sandbox.pay(mchOrderNo);
  const entry = operator.entries("Notification: payment");
  await expect(entry).toContainText("Signed by the gateway, but its numbers are not our order's");
  await operator.openEvidence(entry, "Notification");
  await expect(operator.page.getByRole("row", { name: /^amount/ })).toContainText("1234");
  await expect(operator.page.getByRole("row", { name: /^amount/ })).toContainText("other");
  await expect(operator.page.getByRole("region", { name: "Verdict" })).toContainText("Wrong content");
  await operator.open(path);
  // The answer to our own question names the right sum, and that one is believed.
  await expect(operator.state("Paid")).toBeVisible({ timeout: 30_000 });
  await expect(operator.page.getByText("carries numbers that are not this order’s")).toBeVisible();
});

for (const style of ["form", "json", "query"] as const) {
  test(`a notification sent as ${style} and signed by an independent signer is believed`, async ({
    operator,
    sandbox,
    request,
  }) => {
    const mchOrderNo = ownNumber();
    await sandbox.misbehave("silent", { mchOrderNo });
    await operator.createPayment({ mchOrderNo });
    const order = await sandbox.pay(mchOrderNo);
    const secret = await sandbox.secretOf(order);
    const { payOrderId, mchNo, appId, amount, wayCode } = order;
    const channelOrderNo = String(order.channelOrderNo);
    const told = { payOrderId, mchNo, appId, mchOrderNo, amount, currency: "HKD", state: 2, wayCode, channelOrderNo };
    const fields = { ...told, reqTime: 1_700_000_000_000 };
    const message = { ...fields, sign: signed(fields, secret) };
    const address = String(order.notifyUrl);
    const response =
      style === "form"
        ? await request.post(address, { form: message })
        : style === "json"
          ? await request.post(address, { data: message })
          : await request.post(`${address}?${new URLSearchParams(asText(message))}`);
    expect([response.status(), await response.text()]).toEqual([200, "success"]);
    await expect(operator.state("Paid")).toBeVisible();
  });
}

test("an unknown state of the gateway is shown as it came and is no failure", async ({ operator, sandbox }) => {
  const mchOrderNo = ownNumber();
  await operator.createPayment({ mchOrderNo });
  await sandbox.misbehave("unknown-state", { mchOrderNo });
  await sandbox.pay(mchOrderNo);
  await operator.askTheGateway();
  await expect(operator.page.getByText("state=9").first()).toBeVisible();
  await expect(operator.state("Declined")).toHaveCount(0);
  await sandbox.behave();
  await operator.askTheGateway();
  await expect(operator.state("Paid")).toBeVisible();
});

function asText(message: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, String(value)]));
}
