import fs from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import { startEmbeddedPostgres } from "@/scripts/start/embedded-postgres.mjs";
import { foreground, tsProgram } from "@/scripts/start/processes.mjs";
import { complain, print } from "@/scripts/start/say.mjs";
import { campaigns } from "./campaigns";
import type { Campaign } from "./core/campaign";
import type { Progress } from "./core/progress";
import { runCampaign } from "./core/run-campaign";
import { runMutations } from "./mutations/mutations";
import { commandFor, type Options, readOptions, usage } from "./options";
import { forgoDurability } from "./shop/hasty-server";

/**
 * Long hunts for money that goes wrong. Each campaign has a process and a database of its own; what it reached stands
 * in `.chaos` and the next start goes on from there. Exit code 0 only when every promise held.
 */
process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === null) return 2;
  const [only, another] = options.names;
  if (only === "mutations") return withServer(options, (serverUrl) => runMutations(serverUrl, another ?? null));
  const campaign = campaigns.find(({ name }) => name === only);
  if (campaign && another === undefined) return runAlone(campaign, options);
  const names = options.names.length > 0 ? options.names : campaigns.map(({ name }) => name);
  const rest = args.filter((arg) => !options.names.includes(arg));
  let worst = 0;
  // One process each: the product reads its settings once per process.
  for (const name of names)
    worst = Math.max(worst, await foreground(tsProgram("chaos/main.ts"), [name, ...rest], process.env));
  return worst;
}

function optionsOf(args: string[]): Options | null {
  try {
    const options = readOptions(args);
    if (options.names[0] === "mutations") return options;
    const unknown = options.names.find((name) => !campaigns.some((campaign) => campaign.name === name));
    if (unknown === undefined) return options;
    complain(`there is no campaign "${unknown}"`);
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
  print(usage);
  for (const { name, about, usualCount, unit } of campaigns) {
    print(`  ${name.padEnd(20)} ${about}; ${usualCount} ${unit}`);
  }
  return null;
}

async function runAlone(campaign: Campaign, options: Options): Promise<number> {
  const { seed, count, seconds, part, isFresh } = options;
  const lanes = part === null ? options.lanes : 1;
  const folder = path.resolve(options.folder);
  return withServer(options, async (serverUrl) => {
    const bounds = { seed, count: count ?? campaign.usualCount, seconds, part, isFresh };
    const progress = await runCampaign(campaign, { serverUrl, say: print, lanes }, bounds, { folder });
    report(campaign, progress);
    return progress.broken.length === 0 ? 0 : 1;
  });
}

/** The server named in the environment, or one of our own. */
async function withServer(options: Options, work: (serverUrl: string) => Promise<number>): Promise<number> {
  const folder = path.resolve(options.folder);
  fs.mkdirSync(folder, { recursive: true });
  const given = process.env["TEST_DATABASE_URL"];
  const server = given ? null : await startEmbeddedPostgres({ dataDir: path.join(folder, "server") });
  try {
    if (server) await forgoDurability(server.url("postgres"));
    return await work(given ?? server?.url("postgres") ?? "");
  } catch (error) {
    complain(inspect(error));
    return 3;
  } finally {
    // One that was already running belongs to another campaign at the same time.
    if (server && !server.isAdopted) await server.stop();
  }
}

function report(campaign: Campaign, { seed, count, done, seconds, figures, broken, mark, isFinished }: Progress): void {
  for (const [name, value] of Object.entries(figures)) print(`  ${name.padEnd(44)} ${Math.round(value * 100) / 100}`);
  for (const { invariant, detail, part, mark: trace } of broken) {
    print(`  BROKEN  ${invariant}\n          ${detail}`);
    print(
      `          again: ${commandFor(campaign.name, { seed, count, part })}${trace === "" ? "" : ` (mark ${trace})`}`,
    );
  }
  const end =
    broken.length > 0 ? "BROKEN" : isFinished ? "all promises held" : "all promises held so far, not finished";
  const digest = mark === "" ? "" : `, mark ${mark}`;
  print(`${campaign.name}: ${done} ${campaign.unit} in ${Math.round(seconds)} s, seed ${seed}${digest}: ${end}`);
}
