import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./scripts/start/browser";

/** The product is started before: by `npm test`, or by `npm run journeys` for some of them. */
export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["E2E_WEB_URL"] ?? "http://localhost:3000",
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    launchOptions: await browserLaunch(),
  },
  projects: [
    { name: "people", testMatch: /people\.setup\.ts$/ },
    { name: "journeys", testIgnore: /(secrets|refund-rules|reprocess)\.spec\.ts$/, dependencies: ["people"] },
    // They change the rules of everybody's refunds or ask about everybody's payments, so nobody else may be at it.
    { name: "refund-rules", testMatch: /(refund-rules|reprocess)\.spec\.ts$/, dependencies: ["journeys"] },
    // At the end, when everything has left its traces.
    { name: "secrets", testMatch: /secrets\.spec\.ts$/, dependencies: ["refund-rules"] },
  ],
});
