import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      // It throws outside of a React server, and tests are plain Node.
      "server-only": fileURLToPath(new URL("./node_modules/server-only/empty.js", import.meta.url)),
      "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""),
    },
  },
  test: {
    globalSetup: ["./db/testing/server.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ["{app,bench,chaos,components,lib,db,web,worker,sandbox,scripts}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**"],
  },
});
