import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./scripts/start/browser";

/** The product is started before: by `npm test`, or by `npm run journeys` for some of them. */
export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env["E2E_WEB_URL"] ?? "http://localhost:3000",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: await browserLaunch(),
  },
});
