import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "@playwright/test";
import { browserLaunch } from "@/scripts/start/browser";
import type { Ends } from "../server/ends";
import type { Place } from "./debugger";
import type { CaseName, Timing } from "./workload";

type Workload = {
  timeVerdict: (name: CaseName) => Promise<Timing>;
  timeSearch: () => Timing;
  timeReference: (digests: number) => Timing;
};

/** A bare page in a browser, with the same code as the product's page and nothing around it. */
export async function browserPlace(ends: Ends): Promise<Place> {
  const browser = await chromium.launch(await browserLaunch());
  ends.push(async () => browser.close());
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundled() });
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
  const processorMs = async () => {
    const { metrics } = await protocol.send("Performance.getMetrics");
    const spent = metrics.find(({ name }) => name === "ThreadTime");
    if (!spent) throw new Error("This browser does not tell what its processor spent.");
    return spent.value * 1_000;
  };
  return {
    name: "browser",
    async verdict(name) {
      const before = await processorMs();
      const timing = await page.evaluate(
        (asked) => (globalThis as unknown as { workload: Workload }).workload.timeVerdict(asked),
        name,
      );
      return { ...timing, processorMs: (await processorMs()) - before };
    },
    search: () => page.evaluate(() => (globalThis as unknown as { workload: Workload }).workload.timeSearch()),
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
