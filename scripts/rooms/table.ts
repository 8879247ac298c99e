/**
 * What the files of one room may import. Names are paths from the repository's root, packages, or `node:` modules; a
 * name also stands for everything below it. A room always may import itself, `react` types never count as values, and
 * every import not named here is a breach.
 */
export type Room = {
  may: readonly string[];
  /** Only with `import type`: erased before the code runs. */
  mayTypes?: readonly string[];
  /** Taken out of what `may` allows. */
  mayNot?: readonly string[];
};

/** Stands for every folder of `lib` that is not a room of its own below: one folder per subject, one verb per file. */
export const useCases = "lib/<use cases>";

const react = ["react", "react-dom", "next", "server-only"];

/** The table of the style guide. Where it says more than the guide, the line says why. */
export const rooms: Readonly<Record<string, Room>> = {
  // Addresses of the network are words of the domain too, and reading them right is not ours to invent.
  "lib/domain": { may: ["zod", "ipaddr.js"] },
  // The platform's client tells its diagnostics when it has a connection, which is how the steps of a call are timed.
  "lib/gateway": {
    may: ["lib/domain", "node:crypto", "node:async_hooks", "node:diagnostics_channel", "zod"],
  },
  // Both hold `Secret`, which is a word of the domain: settings make them, and the log hides them.
  "lib/config": { may: ["lib/domain", "zod", "node:"] },
  "lib/log": { may: ["lib/domain", "zod", "node:", "pino"] },
  db: { may: ["lib/domain", "lib/config", "drizzle-orm", "postgres", "node:", "zod"] },
  // Works in the browser too, where a typed secret stays and there is no MD5: nothing of Node, no room that needs it.
  "lib/debugger": { may: ["lib/domain", "lib/gateway", "@noble/hashes"] },
  // Runs in the browser too: it writes code around a message and needs no key for it.
  "lib/snippets": { may: ["lib/domain", "lib/gateway"] },
  [useCases]: {
    may: [
      useCases,
      "lib/snippets",
      "lib/debugger",
      "lib/domain",
      "lib/gateway",
      "db",
      "lib/config",
      "lib/log",
      "node:",
      "zod",
      "ipaddr.js",
      "@node-rs/argon2",
    ],
  },
  "lib/auth": {
    may: ["lib/domain", "db", "lib/config", "lib/log", "node:", "zod", "next-auth", "ipaddr.js", ...react],
  },
  "lib/live": { may: ["lib/domain", "db", "lib/config", "lib/log", "node:", "zod", ...react] },
  "lib/actions": { may: ["lib/domain", "lib/auth", "lib/log", "node:crypto", "zod", ...react] },
  components: {
    // The state of a form is plain data, and forms read it by the functions that stand beside its type.
    may: [
      "lib/domain",
      "lib/debugger",
      "lib/snippets",
      "lib/actions/action-state",
      "zod",
      "react",
      "react-dom",
      "next",
      "geist",
      "@tanstack/react-table",
      "lucide-react",
      "uqr",
    ],
    mayTypes: ["lib/actions", "lib/auth", "lib/live", useCases, "db/queries"],
    mayNot: ["next/headers", "next/server", "next/cache"],
  },
  app: {
    may: [
      ...[useCases, "db/queries", "lib/auth", "lib/actions", "lib/live", "components", "lib/domain", "lib/debugger"],
      "lib/snippets",
      // Pages show the public address and the probes say whether the database is up to date.
      ...["lib/config", "lib/log", "db/readiness"],
      ...["next-auth", "zod", "geist", "lucide-react", "uqr", "@tanstack/react-table", "node:", ...react],
    ],
  },
  // A door for messages, and behind it the framework, which brings `app` along by itself. Its tests knock at both.
  web: {
    may: [
      useCases,
      "lib/auth",
      "db/client",
      "db/outlive-lost-connections",
      "lib/domain",
      "lib/config",
      "lib/log",
      "app/api/notify",
      "node:",
      "next",
    ],
  },
  worker: {
    may: [useCases, "db/client", "db/outlive-lost-connections", "lib/domain", "lib/config", "lib/log", "node:"],
  },
  // Its log lines and the code squares of its pay page tell it nothing about our side.
  sandbox: { may: ["lib/domain", "lib/gateway", "lib/config", "lib/log", "node:", "zod", "uqr"] },
  e2e: { may: ["lib/domain", "@playwright/test", "@axe-core/playwright", "node:"] },
  // Prepares and measures everything else, but draws nothing.
  scripts: {
    may: [
      ...[useCases, "db", "lib/domain", "lib/gateway", "lib/debugger", "lib/config", "lib/log", "lib/auth"],
      ...["node:", "zod"],
      ...["postgres", "drizzle-orm", "tsx", "@playwright/test", "@sparticuz/chromium"],
    ],
  },
  // Measures from outside and through the same SQL, with references that are deliberately not ours.
  bench: {
    may: [
      ...[
        useCases,
        "db",
        "lib/domain",
        "lib/gateway",
        "lib/debugger",
        "lib/config",
        "lib/log",
        "scripts/start",
        "next",
      ],
      ...["node:", "zod", "postgres", "drizzle-orm"],
      // The debugger is timed in a browser too, against the digests of a library alone.
      ...["@playwright/test", "@noble/hashes"],
    ],
  },
  // Breaks things around the product and looks at its tables and its gateway; it may stand where any process stands.
  chaos: {
    may: [
      ...[useCases, "db", "lib/domain", "lib/gateway", "lib/config", "lib/log", "sandbox", "scripts/start"],
      // Who looks at pages while they are flooded has the cookie of somebody who signed in.
      "next-auth",
      ...["node:", "zod", "postgres", "drizzle-orm", "fast-check"],
    ],
  },
  // Files that tools look for at the root, the early redirect among them.
  "": {
    may: [
      ...["lib/auth", "lib/domain", "lib/config", "lib/log", "scripts", "node:", "next", "next-auth"],
      ...["@playwright/test", "vitest", "drizzle-kit"],
    ],
  },
};

/** Tests also prepare what their subject finds in place. */
export const testsMay: readonly string[] = ["vitest", "fast-check", "node:", "lib/domain", "lib/testing"];

/** Tests of a room that reaches the database, also through `lib/auth`, may make one and start its server. */
export const testsWithDatabaseMay: readonly string[] = ["db", "postgres", "drizzle-orm", "scripts/start"];
