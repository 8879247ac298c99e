import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "@playwright/test";
import { browserLaunch } from "@/scripts/start/browser";
import type { Ends } from "../server/ends";
import type { Place } from "./debugger";
import type { CaseName, Timing } from "./workload";

type Workload = { timeVerdict: (name: CaseName) => Timing; timeReference: (digests: number) => Timing };

/** A bare page in a browser, with the same code as the product's page and nothing around it. */
export async function browserPlace(ends: Ends): Promise<Place> {
  const browser = await chromium.launch(await browserLaunch());
  ends.push(async () => browser.close());
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundled() });
  return {
    name: "browser",
    verdict: (name) =>
      page.evaluate((asked) => (globalThis as unknown as { workload: Workload }).workload.timeVerdict(asked), name),
    reference: (digests) =>
      page.evaluate(
        (asked) => (globalThis as unknown as { workload: Workload }).workload.timeReference(asked),
        digests,
      ),
  };
}

type Bundler = {
  buildSync: (options: Record<string, unknown>) => { outputFiles: { text: string }[] };
};

function bundled(): string {
  // `tsx`, which runs this file, brings it along.
  const { buildSync } = createRequire(createRequire(import.meta.url).resolve("tsx"))("esbuild") as Bundler;
  const entry = path.join(import.meta.dirname, "in-browser-entry.ts");
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, minify: true, write: false, format: "iife" });
  return outputFiles[0]?.text ?? "";
}
