import { tsProgram, webProgram } from "@/scripts/start/processes.mjs";
import type { Ends } from "../server/ends";
import { type BenchServer, startServer } from "../server/processes";
import type { Shop } from "./shop";

/** Where ref-empty was built, and the program that serves it. */
export type RefEmpty = { folder: string; next: string[] };

/** The product's web process, as `npm run web` runs it. `folder` holds its build. */
export function startWeb(shop: Shop, folder: string, ends: Ends, databaseUrl = shop.databaseUrl): Promise<BenchServer> {
  return startServer(
    {
      name: "web",
      program: () => webProgram("127.0.0.1"),
      env: { DATABASE_URL: databaseUrl, ...shop.keys, NEXT_DIST_DIR: folder, NEXT_TELEMETRY_DISABLED: "1" },
      ready: "/api/ready",
    },
    ends,
  );
}

export function startRefEmpty({ folder, next }: RefEmpty, ends: Ends): Promise<BenchServer> {
  return startServer(
    {
      name: "empty",
      program: (port) => [...next, "start", folder, "-H", "127.0.0.1", "-p", String(port)],
      env: { NEXT_TELEMETRY_DISABLED: "1" },
      ready: "/api/notify/a/payment",
    },
    ends,
  );
}

export function startRefBare(shop: Shop, ends: Ends, flags: string[] = []): Promise<BenchServer> {
  return startServer(
    {
      name: "bare",
      program: () => [...tsProgram("bench/ref-bare/main.ts"), ...flags],
      env: { DATABASE_URL: shop.databaseUrl, ...shop.keys },
      ready: "/",
    },
    ends,
  );
}
