import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";
import { type Look, looks, pageFolders } from "./pages";
import type { Person } from "./person";
import { test } from "./things";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const everyView = [1440, 390].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);
// Other looks of a page share its parts: two views see both widths and both themes.
const oppositeViews = [
  { width: 1440, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
] as const;

test("every page of the product is looked at", () => {
  expect(Object.keys(looks).sort()).toEqual(pageFolders());
});

for (const [folder, looksOf] of Object.entries(looks)) {
  test(`${folder || "the bare address"} passes WCAG 2.2 AA in light and dark, wide and narrow`, async ({
    things,
    admin,
    support,
    stranger,
  }) => {
    test.slow();
    const people: Record<Look["who"], Person> = { admin, support, nobody: stranger };
    for (const [index, look] of looksOf(things).entries()) {
      const person = people[look.who];
      // Some of these pages say 403 or 404, and the browser notes that.
      person.expectedProblems.push(/status of 40[34]/);
      await person.page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
      await person.page.setViewportSize({ width: 1440, height: 1000 });
      await person.open(look.address);
      await prepare(person.page, look);
      for (const { width, colorScheme } of index === 0 ? everyView : oppositeViews) {
        await person.page.setViewportSize({ width, height: 1000 });
        await person.page.emulateMedia({ colorScheme });
        await isAccessible(person.page, `${look.who} at ${look.address}, ${width} px, ${colorScheme}`);
      }
      await person.page.setViewportSize({ width: 360, height: 800 });
      const overhang = await person.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overhang, `sideways scroll at 360 px of ${look.address}`).toBe(0);
    }
  });
}

async function prepare(page: Page, { prepare: asked }: Look): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  if (asked === "dialog") await expect(page.getByRole("dialog")).toBeVisible();
  if (asked !== "errors") return;
  await page.getByLabel("Amount").fill("12.345");
  await page.getByRole("main").getByRole("button", { name: "Create the payment" }).click();
  await expect(page.locator("[id$=-error]").first()).toBeVisible();
}

async function isAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary ?? ""}`),
  }));
  expect.soft(found, what).toEqual([]);
}
