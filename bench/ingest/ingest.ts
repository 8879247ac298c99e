import fs from "node:fs";
import path from "node:path";
import { buildWeb } from "@/scripts/start/build.mjs";
import type { Work } from "../main";
import { buildRefEmpty } from "../server/ref-empty";
import { countStatements } from "./count-statements";
import { measureHistory } from "./history";
import { openShop } from "./shop";
import { compareSpeed } from "./speed";

/** What taking a notification costs: in statements and bytes, which are exact, and in processor time, by comparison. */
export async function measureIngest({ options, database, report, ends }: Work): Promise<void> {
  const folder = path.resolve(".test", `bench-ref-empty-${process.pid}`);
  ends.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const builds = { web: await buildWeb(), empty: { folder, next: await buildRefEmpty(folder) } };
  const shop = await openShop(database, ends);
  await countStatements({ options, database, report, shop, build: builds.web });
  await compareSpeed({ options, report, shop, builds });
  await measureHistory({ options, database, report, shop: await openShop(database, ends) });
}
