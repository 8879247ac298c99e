import { randomBytes } from "node:crypto";
import type { Page, Request } from "@playwright/test";
import { Debugger, forms, loggedWithKey } from "./debugger";
import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import type { Person } from "./person";
import { rotateToSecondKey } from "./rotation";
import { sandboxUrl, signInOf, webUrl } from "./run";
import type { Sandbox } from "./sandbox";
import { signed } from "./signer";
import { databaseDump, foundIn, keysOfRun, processOutput, type Secret, spellings, type Trace } from "./traces";

const marker = (what: string) => `planted-${what}-${randomBytes(12).toString("hex")}`;

const planted = {
  credentialSecret: marker("secret-of-a-credential"),
  replacedSecret: marker("secret-that-replaces-it"),
  wrongSecret: marker("secret-that-the-gateway-refuses"),
  password: marker("password-of-somebody-who-joins"),
  nextPassword: marker("password-chosen-later"),
  wrongPassword: marker("password-that-is-wrong"),
  passwordAsEmail: marker("password-typed-into-the-wrong-field"),
  typedSecret: marker("secret-typed-into-the-debugger"),
  loggedSecret: marker("secret-in-a-log-that-is-pasted"),
};

const plantedSubject = `Paid with a planted secret ${randomBytes(4).toString("hex")}`;

test("secrets that were planted, and those of the run, are found nowhere", async ({ admin, stranger, sandbox }) => {
  test.setTimeout(900_000);
  const secrets: Secret[] = [
    ...Object.entries(planted).map(([name, value]) => ({ name, value })),
    ...keysOfRun(),
    ...(["support", "operator", "admin"] as const).map((role) => ({
      name: `password of ${role}`,
      value: signInOf(role).password,
    })),
    ...(await sandbox.merchants()).flatMap(({ mchNo, apps }) =>
      apps.map(({ appId, secret }) => ({ name: `secret of ${mchNo} ${appId}`, value: secret })),
    ),
  ];
  const traces: Trace[] = [];
  record(admin.page, traces);
  record(stranger.page, traces);

  await plantInCredentials(admin, sandbox);
  const invitation = await plantInPeople(admin, stranger);
  const { cookies } = await stranger.page.context().storageState();
  const session = cookies.find(({ name }) => name.endsWith("countersign.session"));
  expect(session).toBeDefined();
  await takeMoneyWithPlantedCredential(admin, sandbox);
  await typeIntoDebugger(admin, traces);
  for (const environment of ["test", "production"])
    await visitEverything(admin.page, `/${environment}/payments`, traces);
  for (const address of ["/sign-in", "/api/health", "/api/ready", "/api/auth/session", "/api/auth/providers"]) {
    traces.push({ name: address, text: await (await stranger.page.request.get(address)).text() });
  }
  traces.push(...(await storageOf(admin.page)), ...(await storageOf(stranger.page)));

  const here: Trace[] = [...processOutput(), await databaseDump()];
  expect(traces.length).toBeGreaterThan(100);
  const [transcript, server, database] = here.map(({ text }) => text);
  expect(transcript?.length).toBeGreaterThan(1000);
  expect(database?.length).toBeGreaterThan(1000);
  // A database server that nothing troubles says little, and this always.
  expect(server).toContain("database system is ready to accept connections");
  // What is no secret is found in all of them, so the search looks at the right things.
  const known = [{ name: "a subject", value: plantedSubject }];
  expect(foundIn(here, known)).toEqual(["a subject in the database"]);
  expect(foundIn(traces, known).length).toBeGreaterThan(5);
  expect(foundIn([...traces, ...here], secrets)).toEqual([]);
  // The link and the cookie belong to a browser, but to no log and no row.
  const keys = [
    { name: "invitation", value: String(invitation.split("/").at(-1)) },
    { name: "session cookie", value: String(session?.value) },
  ];
  expect(foundIn(here, keys)).toEqual([]);
});

test("the search for secrets finds them however they are written", () => {
  const secret = "planted-and-found-0123456789";
  for (const text of spellings(secret))
    expect(foundIn([{ name: "a text", text: `x${text}y` }], [{ name: "it", value: secret }])).toEqual(["it in a text"]);
  for (const before of ["", "a", "ab", "abc"]) {
    const text = Buffer.from(`${before}${secret}after`).toString("base64");
    expect(foundIn([{ name: "a text", text }], [{ name: "it", value: secret }])).toEqual(["it in a text"]);
  }
  expect(foundIn([{ name: "a text", text: "nothing" }], [{ name: "it", value: secret }])).toEqual([]);
});

async function plantInCredentials({ page }: Person, sandbox: Sandbox): Promise<void> {
  const app = { wayCodes: ["PP_PC"], secret: planted.credentialSecret };
  const merchant = await sandbox.addMerchant({ environment: "test", apps: [app] });
  await page.goto("/test/settings/credentials/new");
  await page.getByLabel("Name").fill(`Planted ${merchant.mchNo}`);
  await page.getByLabel("Gateway address").fill(sandboxUrl);
  await page.getByLabel("Merchant number").fill(merchant.mchNo);
  await page.getByLabel("Application id").fill(String(merchant.apps[0]?.appId));
  await page.getByLabel("Ways of paying").fill("PP_PC");
  await page.getByRole("textbox", { name: "Secret" }).fill(planted.wrongSecret);
  await page.getByRole("button", { name: "Prove and save" }).click();
  await expect(page.getByRole("main").locator("[role=alert], #secret-error").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Secret" }).fill(planted.credentialSecret);
  await page.getByRole("button", { name: "Prove and save" }).click();
  await expect(page.getByText("Proven at the gateway and saved.")).toBeVisible();
  await sandbox.addMerchant({ ...merchant, apps: [{ ...merchant.apps[0], secret: planted.replacedSecret }] });
  await rotateToSecondKey(page, planted.replacedSecret);
}

async function plantInPeople({ page: admin }: Person, { page, expectedProblems }: Person): Promise<string> {
  expectedProblems.push(/status of 401/);
  const email = `planted-${randomBytes(4).toString("hex")}@demo.example`;
  await admin.goto("/test/settings/people/new");
  await admin.getByLabel("Name").fill("Planted Person");
  await admin.getByLabel("E-mail").fill(email);
  await admin.getByRole("button", { name: "Add and make a link" }).click();
  const link = String(await admin.locator("[data-invitation]").textContent());
  await page.goto(link);
  await page.getByLabel("New password").fill(planted.password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("Your password is set.")).toBeVisible();
  const signIn = async (name: string, password: string) => {
    const answered = page.waitForResponse(/callback\/credentials/);
    await page.getByLabel("E-mail").fill(name);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await answered;
  };
  await signIn(email, planted.wrongPassword);
  await expect(page.getByText("do not belong together")).toBeVisible();
  await signIn(`${planted.passwordAsEmail}@demo.example`, planted.wrongPassword);
  await expect(page.getByText("do not belong together")).toBeVisible();
  await signIn(email, planted.password);
  await page.waitForURL(/\/test\/payments$/);
  await page.goto("/test/settings/account");
  await page.getByLabel("Present password").fill(planted.wrongPassword);
  await page.getByLabel("New password").fill(planted.nextPassword);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("main").locator("[role=alert], #password-error").first()).toBeVisible();
  await page.getByLabel("Present password").fill(planted.password);
  await page.getByLabel("New password").fill(planted.nextPassword);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  return link;
}

/** Good and bad days of a payment that is signed with the planted secret. */
async function takeMoneyWithPlantedCredential(admin: Person, sandbox: Sandbox): Promise<void> {
  const { page } = admin;
  const mchOrderNo = ownNumber("PLANTED");
  await sandbox.misbehave("wrong-secret", { mchOrderNo, operation: "unifiedOrder" });
  await page.goto("/test/payments/new");
  await page.getByText("Other ways, or a way code of your own").click();
  await page.getByLabel("Way code").fill("PP_PC");
  await page.getByLabel("Amount").fill("99.00");
  await page.getByLabel("Subject").fill(plantedSubject);
  await page.getByLabel("Order number").fill(mchOrderNo);
  await admin.sendPayment();
  await expect(admin.state("Unclear")).toBeVisible();
  await admin.askTheGateway();
  await expect(admin.state("Waiting for payer")).toBeVisible();
  await sandbox.notify(mchOrderNo, { kind: "forged" });
  await sandbox.pay(mchOrderNo);
  await expect(admin.state("Paid")).toBeVisible();
  await admin.refund({ amount: "9.00" });
  await expect(admin.state("Part refunded")).toBeVisible();
}

/**
 * Every form of input and every stored message with a secret that is typed, texts that nobody can read and a log with a
 * secret in them, and the link to a case. Begins on the page of a payment.
 */
async function typeIntoDebugger(admin: Person, traces: Trace[]): Promise<void> {
  const { page } = admin;
  const evidence = (label: string) => admin.timeline().getByRole("link", { name: label, exact: true }).first();
  const [call, notification] = await Promise.all(
    ["Call", "Notification"].map(async (label) => (await evidence(label).getAttribute("href"))?.split("/").at(-1)),
  );
  const onRequest = (request: Request) => {
    const text = `${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`;
    traces.push({ name: `request to ${request.url()}`, text });
  };
  page.on("request", onRequest);
  const keep = async (name: string) =>
    traces.push({ name: `the debugger with ${name}`, text: await drawnBeside(page) }, await placesOf(page));
  const fields = { mchNo: "M1", appId: "a1", mchOrderNo: ownNumber("PLANTED"), amount: 100, version: "1.0" };
  const message = { ...fields, sign: signed({ ...fields, amount: "1.00" }, planted.typedSecret) };
  await page.goto("/test/debugger");
  const screen = new Debugger(page);
  for (const { name, write } of Object.values(forms)) {
    await screen.paste(write(message), name);
    await screen.typeSecret(planted.typedSecret);
    await expect(page.locator("[data-verdict=explained]"), name).toBeVisible();
    await keep(name);
  }
  const share = page.getByRole("button", { name: "Share without the secret" });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await share.click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain("#case=");
  traces.push({ name: "the link to a case", text: await copied() });

  for (const unreadable of [`{"key":"${planted.loggedSecret}`, `curl x -d 'key=${planted.loggedSecret}`]) {
    await page.getByLabel("What was refused").fill(unreadable);
    await expect(page.getByText(/^Read as/)).toHaveCount(0);
    await expect(share).toHaveCount(0);
    await keep("a text that nobody can read");
  }

  for (const opened of [`call=${call}`, `notification=${notification}`]) {
    await page.goto(`/test/debugger?${opened}`);
    await screen.typeSecret(planted.typedSecret);
    await expect(page.locator("[data-verdict=unexplained]"), opened).toBeVisible();
    await keep("a stored message");
  }
  // What a browser does when it keeps a page that is left.
  await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  await expect(page.getByLabel("Secret, for this moment")).toHaveValue("");
  await expect(page.locator("[data-verdict]")).toHaveCount(0);

  await page.goto("/test/debugger");
  await screen.paste(loggedWithKey(message, planted.loggedSecret), "line of a log");
  await expect(page.locator("[data-verdict=unexplained]")).toBeVisible();
  await keep("a log and a key in it");
  page.off("request", onRequest);
}

/** The page without what a person has typed into its fields: that stands there until they leave. */
function drawnBeside(page: Page): Promise<string> {
  return page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    for (const field of copy.querySelectorAll("textarea")) field.textContent = "";
    return copy.outerHTML;
  });
}

/** Where a browser keeps what a person did: address, history, storage. */
async function placesOf(page: Page): Promise<Trace> {
  const text = await page.evaluate(() =>
    JSON.stringify([
      ...[location.href, history.state, document.referrer, document.cookie, { ...localStorage }, { ...sessionStorage }],
      ...performance.getEntries().map(({ name }) => name),
    ]),
  );
  return { name: "address, history and storage of the debugger", text };
}

/** Keeps every answer of the console that this page receives, scripts and data included, and what the page logs. */
function record(page: Page, traces: Trace[]): void {
  page.on("console", (message) => traces.push({ name: `log of ${message.location().url}`, text: message.text() }));
  page.on("response", async (response) => {
    if (!response.url().startsWith(webUrl) || response.url().includes("/api/live")) return;
    const text = await response.text().catch(() => "");
    if (text !== "") traces.push({ name: `${response.request().method()} ${response.url()}`, text });
  });
}

/** Opens the page and all that it leads to, a few of each kind, and reads the data behind each of them too. */
async function visitEverything(page: Page, start: string, traces: Trace[]): Promise<void> {
  const [, environment] = start.split("/");
  const seen = new Map<string, number>();
  const known = new Set([start]);
  const queue = [start];
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    await page.goto(address);
    traces.push({ name: `${address}, as drawn`, text: await page.content() });
    const data = await page.request.get(address, { headers: { rsc: "1" } });
    traces.push({ name: `${address}, its data`, text: await data.text() });
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) =>
        all.map((link) => ({ href: link.getAttribute("href") ?? "", isFile: link.hasAttribute("download") })),
      );
    for (const { href, isFile } of links) {
      const next = href.split("#")[0] ?? "";
      const kind = next.replace(/[0-9a-f-]{36}/, "ID").split("?")[0] ?? "";
      if (!next.startsWith(`/${environment}/`) || known.has(next) || (seen.get(kind) ?? 0) >= 4) continue;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      known.add(next);
      if (isFile) traces.push({ name: `${next}, the file`, text: await (await page.request.get(next)).text() });
      else queue.push(next);
    }
  }
}

async function storageOf(page: Page): Promise<Trace[]> {
  await page.goto("/test/payments");
  const text = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  return [{ name: "browser storage", text }];
}
