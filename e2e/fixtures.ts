import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { Person } from "./person";
import { type SignIn, sessionFile } from "./run";
import { Sandbox } from "./sandbox";

type Fixtures = {
  /** Somebody who may create, close, cancel and refund. */
  operator: Person;
  /** Somebody who may read and ask the gateway. */
  support: Person;
  /** Somebody who may also change credentials and people. */
  admin: Person;
  /** Somebody who is not signed in. */
  stranger: Person;
  /** A second browser of a role. */
  another: (role: SignIn["role"]) => Promise<Person>;
  sandbox: Sandbox;
};

export { expect } from "@playwright/test";

export const test = base.extend<Fixtures>({
  operator: async ({ browser }, use) => withPerson(await browser.newContext(as("operator")), use),
  support: async ({ browser }, use) => withPerson(await browser.newContext(as("support")), use),
  admin: async ({ browser }, use) => withPerson(await browser.newContext(as("admin")), use),
  stranger: async ({ browser }, use) => withPerson(await browser.newContext(), use),
  another: async ({ browser }, use) => {
    const guests: { person: Person; problems: string[]; context: BrowserContext }[] = [];
    await use(async (role) => {
      const context = await browser.newContext(as(role));
      const guest = { ...(await personIn(context)), context };
      guests.push(guest);
      return guest.person;
    });
    for (const { person, problems, context } of guests) {
      await context.close();
      expectNoProblems(person, problems);
    }
  },
  sandbox: async ({ request }, use) => {
    const sandbox = new Sandbox(request);
    await use(sandbox);
    await sandbox.behave();
  },
});

function as(role: SignIn["role"]) {
  return { storageState: sessionFile(role) };
}

async function withPerson(context: BrowserContext, use: (person: Person) => Promise<void>): Promise<void> {
  const { person, problems } = await personIn(context);
  await use(person);
  await context.close();
  expectNoProblems(person, problems);
}

async function personIn(context: BrowserContext): Promise<{ person: Person; problems: string[] }> {
  const problems: string[] = [];
  context.on("page", (page) => listen(page, problems));
  return { person: new Person(await context.newPage()), problems };
}

function listen(page: Page, problems: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => problems.push(error.stack ?? error.message));
}

function expectNoProblems({ expectedProblems }: Person, problems: string[]): void {
  const unexpected = problems.filter((problem) => !expectedProblems.some((expected) => expected.test(problem)));
  expect(unexpected, "the browser's console").toEqual([]);
}
