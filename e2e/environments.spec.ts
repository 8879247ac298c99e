import { expect, test } from "./fixtures";

test("a payment of the test environment does not exist under production's address", async ({ operator }) => {
  const { path, mchOrderNo } = await operator.createPayment();
  operator.expectedProblems.push(/status of 404/);
  for (const address of [path, `${path}?do=close`, `${path}/pay-form`]) {
    const response = await operator.page.goto(address.replace("/test/", "/production/"));
    expect(response?.status(), address).toBe(404);
  }
  await operator.open(path.replace("/test/", "/production/"));
  await expect(operator.page).toHaveTitle(/ · Production · Countersign$/);
  await operator.open("/production/payments");
  await operator.search(mchOrderNo);
  await expect(operator.page.getByRole("heading", { name: "Nothing here has the number" })).toBeVisible();
  await expect(operator.page.getByRole("link", { name: "test instead" })).toBeVisible();
  await operator.open(`/production/payments?number=${mchOrderNo}`);
  await expect(operator.page.getByText("Nothing matches these filters.")).toBeVisible();
});

test("refunds, notifications and calls of the test environment do not exist under production's address", async ({
  operator,
  sandbox,
}) => {
  const { path, mchOrderNo } = await operator.createPayment();
  await sandbox.pay(mchOrderNo);
  await expect(operator.state("Paid")).toBeVisible();
  const mchRefundNo = await operator.refund({ amount: "1.00" });
  await expect(operator.state("Part refunded")).toBeVisible();
  const links = await operator.timeline().getByRole("link").all();
  const addresses = new Set(await Promise.all(links.map(async (link) => String(await link.getAttribute("href")))));
  expect([...addresses].map((address) => address.split("/")[2]).sort()).toEqual(
    expect.arrayContaining(["calls", "notifications", "refunds"]),
  );
  operator.expectedProblems.push(/status of 404/);
  for (const address of addresses) {
    const there = await operator.page.goto(address);
    expect(there?.status(), address).toBe(200);
    const elsewhere = await operator.page.goto(address.replace("/test/", "/production/"));
    expect(elsewhere?.status(), address).toBe(404);
  }
  await operator.open("/production/payments");
  await operator.search(mchRefundNo);
  await expect(operator.page.getByRole("heading", { name: "Nothing here has the number" })).toBeVisible();
  await operator.open(path);
});

for (const [environment, { word, title, favicon }] of Object.entries({
  test: { word: "Test", title: "TEST", favicon: "/favicon-test.svg" },
  production: { word: "Production", title: "Production", favicon: "/favicon-production.svg" },
})) {
  test(`every kind of page says that it is ${environment}: strip, title and favicon`, async ({ operator }) => {
    for (const page of ["payments", "payments/new", "refunds", "notifications", "calls", "search"]) {
      await operator.open(`/${environment}/${page}`);
      const strip = operator.page.getByRole("region", { name: "Environment" });
      await expect(strip.locator("b")).toHaveText(word);
      await expect(strip.locator("svg").first()).toBeVisible();
      await expect(operator.page).toHaveTitle(new RegExp(`· ${title} · Countersign$`));
      await expect(operator.page.locator("link[rel=icon]").first()).toHaveAttribute("href", favicon);
    }
    expect((await operator.page.request.get(favicon)).status()).toBe(200);
  });
}

test("switching the environment keeps the kind of page and nothing else", async ({ operator }) => {
  await operator.open("/test/refunds?state=failed");
  await operator.page.getByRole("link", { name: "Switch to production" }).click();
  await operator.page.waitForURL(/\/production\/refunds$/);
  const { path } = await operator.createPayment();
  await operator.open(path);
  await operator.page.getByRole("link", { name: "Switch to production" }).click();
  await operator.page.waitForURL(/\/production\/payments$/);
});

test("an environment that does not exist is not found", async ({ operator }) => {
  operator.expectedProblems.push(/status of 404/);
  const response = await operator.page.goto("/staging/payments");
  expect(response?.status()).toBe(404);
  await expect(operator.page).toHaveTitle(/^Nothing here/);
});
