import fs from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { browserLaunch } from "./start/browser";

/**
 * Takes the pictures of the README and the manual from the running demo, so that they stay true:
 * `npm start` in one window, `npm run screenshots` in another. Writes `docs/screenshots/NAME-WIDTH-THEME.png`.
 *
 * Arguments: names of screens; none means all.
 */
const only = process.argv.slice(2);
const base = `http://localhost:${process.env["PORT"] ?? "3000"}`;
const folder = path.resolve("docs/screenshots");

type Screen = { name: string; open: (page: Page) => Promise<void>; role?: string };

const screens: Screen[] = [
  { name: "sign-in", open: (page) => goto(page, "/sign-in"), role: "nobody" },
  { name: "payments", open: (page) => goto(page, "/test/payments") },
  { name: "payment", open: (page) => openPaymentOf(page, "Espresso machine service") },
  { name: "payment-waiting", open: (page) => openPaymentOf(page, "Flat white × 2") },
  { name: "refund-form", open: (page) => openRefundForm(page, "House blend 1 kg") },
  { name: "new-payment", open: (page) => goto(page, "/test/payments/new") },
  { name: "refunds", open: (page) => goto(page, "/test/refunds") },
  { name: "refund", open: (page) => openFirst(page, "/test/refunds") },
  { name: "inbox", open: (page) => goto(page, "/test/notifications") },
  { name: "notification", open: (page) => openFirst(page, "/test/notifications") },
  { name: "doctor", open: openDoctorOfBadSignature },
  { name: "debugger", open: openExampleOfDebugger },
  { name: "alerts", open: (page) => goto(page, "/test/alerts") },
  { name: "calls", open: (page) => goto(page, "/test/calls") },
  { name: "call", open: (page) => openFirst(page, "/test/calls") },
  { name: "production-payments", open: (page) => goto(page, "/production/payments") },
  { name: "credentials", open: (page) => goto(page, "/test/settings/credentials"), role: "admin" },
  { name: "people", open: (page) => goto(page, "/test/settings/people"), role: "admin" },
  { name: "notify-addresses", open: (page) => goto(page, "/test/settings/notify-addresses"), role: "admin" },
];

type SignIn = { email: string; password: string; role: string };

const signIns = JSON.parse(
  fs.readFileSync(path.join(process.env["DATA_DIR"] ?? ".data", "sign-ins.json"), "utf8"),
) as SignIn[];

async function takeAll(): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch(await browserLaunch());
  const states = new Map<string, Awaited<ReturnType<typeof signedIn>>>();
  for (const screen of screens.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const role = screen.role ?? "operator";
    if (role !== "nobody" && !states.has(role)) states.set(role, await signedIn(browser, role));
    const storageState = states.get(role);
    for (const width of [1440, 390]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const viewport = { width, height: width === 390 ? 844 : 900 };
        const context = await browser.newContext({ viewport, colorScheme, ...(storageState ? { storageState } : {}) });
        const page = await context.newPage();
        await screen.open(page);
        await page.evaluate(async () => {
          await document.fonts.ready;
          (document.activeElement as HTMLElement | null)?.blur();
          window.scrollTo(0, 0);
        });
        const file = path.join(folder, `${screen.name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
        await context.close();
      }
    }
    process.stdout.write(`${screen.name}\n`);
  }
  await browser.close();
}

async function signedIn(browser: Browser, role: string) {
  const person = signIns.find((each) => each.role === role);
  if (!person) throw new Error(`The demo has no ${role}.`);
  const context = await browser.newContext();
  const page = await context.newPage();
  await goto(page, "/sign-in");
  await page.locator('input[type="email"]').fill(person.email);
  await page.locator('input[type="password"]').fill(person.password);
  await page.locator('input[type="password"]').press("Enter");
  await page.waitForURL(/\/(test|production)\//);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function goto(page: Page, address: string): Promise<void> {
  await page.goto(`${base}${address}`, { waitUntil: "networkidle" });
  await page.locator("h1").first().waitFor();
}

async function openFirst(page: Page, list: string, filter = ""): Promise<void> {
  await goto(page, `${list}${filter}`);
  await followTo(page, page.locator(`tbody a[href^="${list}/"]`).first());
}

async function openPaymentOf(page: Page, subject: string): Promise<void> {
  await goto(page, "/test/payments");
  const row = page.locator("tbody tr", { hasText: subject }).first();
  await followTo(page, row.locator('a[href^="/test/payments/"]').first());
}

async function openRefundForm(page: Page, subject: string): Promise<void> {
  await openPaymentOf(page, subject);
  await page.goto(`${page.url()}?do=refund`);
  await page.locator('input[name="amount"]').fill("35.00");
}

/** What the doctor says about a message that was not believed. */
async function openDoctorOfBadSignature(page: Page): Promise<void> {
  await openFirst(page, "/test/notifications", "?verdict=bad-signature");
  await followTo(page, page.locator('main a[href*="/doctor/notifications/"]').first());
}

async function openExampleOfDebugger(page: Page): Promise<void> {
  await goto(page, "/test/debugger");
  await page.getByRole("button", { name: "Show me an example" }).click();
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  await page.locator("[data-verdict]").waitFor();
}

async function followTo(page: Page, link: ReturnType<Page["locator"]>): Promise<void> {
  const address = await link.getAttribute("href");
  await goto(page, address ?? "/");
}

await takeAll();
