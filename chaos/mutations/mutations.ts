import { spawn } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { print } from "@/scripts/start/say.mjs";
import { type Flaw, flaws } from "./flaws";

type Verdict = { isNoticed: boolean };

/** Each run is one busy process and one busy database connection. */
const atOnce = 2;

/**
 * A check that cannot fail does not count: puts one flaw after the other into the product and runs the campaign that
 * must notice it, after the same run without a flaw has held.
 *
 * @returns the exit code: 0 only when every flaw was noticed and every run without one held
 */
export async function runMutations(serverUrl: string, wanted: string | null): Promise<number> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "countersign-flaws-"));
  const chosen = flaws.filter(({ campaign }) => wanted === null || campaign === wanted);
  const sound = new Map<string, Promise<boolean>>();
  const verdicts: Verdict[] = [];
  const tryOut = async (flaw: Flaw): Promise<void> => {
    const run = [flaw.campaign, ...flaw.args].join(" ");
    const holds = sound.get(run) ?? runWith(null, flaw, serverUrl, folder).then(({ code }) => code === 0);
    sound.set(run, holds);
    await holds;
    const { code, broken } = await runWith(flaw, flaw, serverUrl, folder);
    // Falling over is not noticing: a broken promise ends a campaign with 1.
    const isNoticed = code === 1 && broken !== null;
    const by = broken ?? `exit code ${code}`;
    verdicts.push({ isNoticed });
    print(`  ${isNoticed ? "noticed" : "MISSED "}  ${flaw.name}\n           ${flaw.campaign}: ${by}`);
  };
  try {
    const left = [...chosen];
    const lanes = Array.from({ length: atOnce }, async () => {
      for (let flaw = left.shift(); flaw; flaw = left.shift()) await tryOut(flaw);
    });
    await Promise.all(lanes);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const missed = verdicts.filter(({ isNoticed }) => !isNoticed).length;
  const unsound: string[] = [];
  for (const [run, holds] of sound) if (!(await holds)) unsound.push(run);
  for (const run of unsound) print(`  BROKEN WITHOUT A FLAW  ${run}`);
  print(
    `mutations: ${verdicts.length - missed} of ${verdicts.length} flaws noticed, ${unsound.length} runs broken without one`,
  );
  return missed === 0 && unsound.length === 0 ? 0 : 1;
}

const register = new URL("./register.mjs", import.meta.url).href;

function runWith(
  flaw: Flaw | null,
  { campaign, args }: Flaw,
  serverUrl: string,
  folder: string,
): Promise<{ code: number; broken: string | null }> {
  const flawed = flaw ? { NODE_OPTIONS: `--import ${register}`, CHAOS_FLAWS: JSON.stringify(flaw.changes) } : {};
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "chaos/main.ts",
      campaign,
      ...args,
      "--fresh",
      "--folder",
      fs.mkdtempSync(path.join(folder, "run-")),
    ],
    { env: { ...process.env, TEST_DATABASE_URL: serverUrl, ...flawed }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const broken = /BROKEN {2}(?<what>.*)/.exec(output)?.groups?.["what"] ?? null;
      if (code !== 0 && code !== 1) print(output.split("\n").slice(-12).join("\n"));
      resolve({ code: code ?? 1, broken });
    });
  });
}
