import { randomBytes } from "node:crypto";
import { expect, test } from "./fixtures";
import type { Person } from "./person";
import { signInOf } from "./run";

test("somebody invited joins by the link once, works, and is out at the moment of being shut out", async ({
  admin,
  stranger,
  another,
}) => {
  const { name, email, link } = await invite(admin, "Operator");
  const password = inventedPassword();
  await stranger.open(link);
  await stranger.page.getByLabel("New password").fill("short");
  await stranger.page.getByRole("button", { name: "Set the password" }).click();
  await expect(stranger.page.locator("#newPassword-error")).toContainText("at least 12");
  await stranger.page.getByLabel("New password").fill(password);
  await stranger.page.getByRole("button", { name: "Set the password" }).click();
  await expect(stranger.page.getByText("Your password is set.")).toBeVisible();
  await signIn(stranger, { email, password });
  await stranger.page.waitForURL(/\/test\/payments$/);
  await stranger.createPayment();

  const late = await another("support");
  await late.page.context().clearCookies();
  await late.open(link);
  await expect(late.page.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();

  await admin.page.getByRole("link", { name: "All people" }).click();
  await admin.page.getByRole("link", { name, exact: true }).click();
  await admin.page.getByRole("button", { name: `Shut ${name} out` }).click();
  await expect(admin.page.getByRole("button", { name: `Let ${name} in again` })).toBeVisible();
  stranger.expectedProblems.push(/api\/live/);
  await stranger.page.reload();
  await stranger.page.waitForURL(/\/sign-in/);
  await signIn(stranger, { email, password });
  await expect(stranger.refusal()).toContainText("do not belong together");
  stranger.expectedProblems.push(/status of 401/);
});

test("another role holds from the next request on", async ({ admin, stranger }) => {
  const { name, email, link } = await invite(admin, "Support");
  const password = inventedPassword();
  await stranger.open(link);
  await stranger.page.getByLabel("New password").fill(password);
  await stranger.page.getByRole("button", { name: "Set the password" }).click();
  await signIn(stranger, { email, password });
  await stranger.page.waitForURL(/\/test\/payments$/);
  await expect(stranger.page.getByRole("link", { name: "New payment" })).toHaveCount(0);

  await admin.page.getByRole("link", { name: "All people" }).click();
  await admin.page.getByRole("link", { name, exact: true }).click();
  await admin.page.locator("label").filter({ hasText: "Operator" }).click();
  await admin.page.getByRole("button", { name: "Change the role" }).click();
  await expect(admin.page.getByText("The role is changed.")).toBeVisible();
  await stranger.page.reload();
  await expect(stranger.page.getByRole("link", { name: "New payment" }).first()).toBeVisible();
});

test("a wrong password and an unknown account are answered alike", async ({ stranger }) => {
  stranger.expectedProblems.push(/status of 401/);
  const { email } = signInOf("support");
  const unknown = { email: `nobody-${randomBytes(4).toString("hex")}@demo.example`, password: inventedPassword() };
  for (const attempt of [{ email, password: inventedPassword() }, unknown]) {
    await stranger.open("/sign-in");
    await signIn(stranger, attempt);
    await expect(stranger.page.getByText("E-mail address and password do not belong together.")).toBeVisible();
    await expect(stranger.page.getByLabel("E-mail")).toHaveValue(attempt.email);
    await expect(stranger.page.getByLabel("Password", { exact: true })).toHaveValue("");
  }
});

test("guessing passwords of one account ends soon, whatever is guessed", async ({ stranger, admin }) => {
  stranger.expectedProblems.push(/status of 401/);
  const { email } = await invite(admin, "Support");
  await stranger.open("/sign-in");
  const limited = stranger.page.getByText("Too many wrong passwords.");
  const wrong = stranger.page.getByText("E-mail address and password do not belong together.");
  for (let tries = 0; tries < 30 && (await limited.count()) === 0; tries++) {
    const answered = stranger.page.waitForResponse(/callback\/credentials/);
    await signIn(stranger, { email, password: inventedPassword() });
    await answered;
    await expect(limited.or(wrong)).toBeVisible();
    await expect(stranger.page.getByRole("button", { name: "Sign in" })).not.toHaveAttribute("aria-disabled", "true");
  }
  await expect(limited).toBeVisible();
});

test("whoever signs out is out, also where the page is still open", async ({ stranger }) => {
  const { email, password } = signInOf("support");
  await stranger.open("/test/payments");
  await signIn(stranger, { email, password });
  await stranger.page.waitForURL(/\/test\/payments$/);
  const other = await stranger.page.context().newPage();
  await other.goto("/test/refunds");
  await stranger.page.getByRole("button", { name: /^Account:/ }).click();
  await stranger.page.getByRole("button", { name: "Sign out" }).click();
  await stranger.page.waitForURL(/\/sign-in/);
  stranger.expectedProblems.push(/status of 401/, /api\/live/);
  await other.reload();
  await other.waitForURL(/\/sign-in/);
});

async function invite(admin: Person, role: "Support" | "Operator") {
  const mark = randomBytes(4).toString("hex");
  const name = `Guest ${mark}`;
  const email = `guest-${mark}@demo.example`;
  const { page } = admin;
  await page.goto("/test/settings/people/new");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.locator("label").filter({ hasText: role }).click();
  await page.getByRole("button", { name: "Add and make a link" }).click();
  const link = await page.locator("[data-invitation]").textContent();
  return { name, email, link: String(link) };
}

async function signIn({ page }: Person, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Invented for one test and worth nothing afterwards. */
function inventedPassword(): string {
  return `invented ${randomBytes(9).toString("hex")}`;
}
