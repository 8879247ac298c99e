import { expect, test } from "./fixtures";
import { signInOf, webUrl } from "./run";

test("support reads a payment, may ask the gateway, and sees who may do the rest", async ({
  operator,
  support,
  sandbox,
}) => {
  const payment = await operator.createPayment();
  await sandbox.pay(payment.mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await support.openPayment(payment);
  await expect(support.state("Paid")).toBeVisible();
  for (const act of ["Refund", "Cancel the same day", "Close"] as const) {
    await expect(support.act(act)).toContainText("Your role may not; operator and admin may");
    await expect(support.act(act).getByRole("link")).toHaveCount(0);
  }
  await support.askTheGateway();
  await expect(support.entries("Sam Support asked the gateway")).toHaveCount(1);
  await support.open(`${payment.path}?do=refund`);
  await expect(support.refundPanel()).toHaveCount(0);
});

for (const [role, path, right] of [
  ["support", "/test/payments/new", "payments:create"],
  ["operator", "/test/settings/credentials", "credentials:read"],
  ["operator", "/production/settings/people", "people:read"],
] as const) {
  test(`${role} at ${path} reads which right is missing and who can help`, async ({ another }) => {
    const person = await another(role);
    person.expectedProblems.push(/status of 403/);
    const response = await person.page.goto(path);
    expect(response?.status()).toBe(403);
    await expect(person.page.getByRole("main")).toContainText(right);
    await expect(person.page.getByRole("main")).toContainText("Ada Admin");
  });
}

test("a money action that support sends without the page is refused", async ({ operator, support, sandbox }) => {
  const payment = await operator.createPayment({ amount: "50.00" });
  await sandbox.pay(payment.mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  await operator.fillRefund({ amount: "50.00" });
  // Everything that the operator's browser would send, with the session of support.
  const sent = operator.page.waitForRequest((request) => request.method() === "POST");
  await operator.page.route("**/payments/**", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  // Its own request is held back, so the operator's browser complains.
  operator.expectedProblems.push(/./);
  await operator.sendRefund();
  const request = await sent;
  const headers = await request.allHeaders();
  const replayed = await support.page.request.post(request.url(), {
    data: request.postDataBuffer() ?? Buffer.alloc(0),
    headers: {
      "content-type": headers["content-type"] ?? "",
      "next-action": headers["next-action"] ?? "",
      accept: "text/x-component",
      origin: webUrl,
    },
  });
  expect(await replayed.text()).toContain("New refunds are for operators and admins.");
  expect((await sandbox.order(payment.mchOrderNo)).refunds).toEqual([]);

  const foreign = await support.page.request.post(request.url(), {
    data: request.postDataBuffer() ?? Buffer.alloc(0),
    headers: {
      "content-type": headers["content-type"] ?? "",
      "next-action": headers["next-action"] ?? "",
      origin: "https://elsewhere.example",
    },
  });
  expect(foreign.status()).toBeGreaterThanOrEqual(400);
  expect((await sandbox.order(payment.mchOrderNo)).refunds).toEqual([]);
});

test("somebody who is signed out sees nothing and returns to the page after signing in", async ({
  operator,
  stranger,
}) => {
  const { path } = await operator.createPayment();
  await stranger.open(path);
  await stranger.page.waitForURL(/\/sign-in/);
  const { email, password } = signInOf("support");
  await stranger.page.getByLabel("E-mail").fill(email);
  await stranger.page.getByLabel("Password", { exact: true }).fill(password);
  await stranger.page.getByRole("button", { name: "Sign in" }).click();
  await stranger.page.waitForURL(`**${path}`);
  await expect(stranger.state("Waiting for payer")).toBeVisible();
});
