import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SnippetLanguage } from "@/lib/snippets/languages";

type Version = readonly [major: number, minor: number];

type Runtime = {
  file: string;
  command: (file: string) => readonly string[];
  probe: readonly string[];
  /** The first version that runs our code. */
  least: Version;
};

const node = process.execPath;

const runtimes: Readonly<Record<SnippetLanguage, Runtime>> = {
  curl: { file: "request.sh", command: (file) => ["sh", file], probe: ["curl", "--version"], least: [7, 18] },
  typescript: {
    file: "request.mts",
    command: (file) => [node, "--import", "tsx", file],
    probe: [node, "--version"],
    least: [20, 0],
  },
  java: {
    file: "Request.java",
    command: (file) => ["java", "-Dfile.encoding=UTF-8", "-XX:TieredStopAtLevel=1", file],
    probe: ["javac", "-version"],
    least: [17, 0],
  },
  php: { file: "request.php", command: (file) => ["php", file], probe: ["php", "--version"], least: [8, 1] },
  python: { file: "request.py", command: (file) => ["python3", file], probe: ["python3", "--version"], least: [3, 9] },
  go: { file: "request.go", command: (file) => ["go", "run", file], probe: ["go", "version"], least: [1, 21] },
  // A single file runs from this version on.
  csharp: {
    file: "request.cs",
    command: (file) => ["dotnet", "run", file],
    probe: ["dotnet", "--version"],
    least: [10, 0],
  },
};

/** Whether this machine can run the language, in a version that the code asks for. */
export function isOnThisMachine(language: SnippetLanguage): boolean {
  const { probe, least } = runtimes[language];
  const [program = "", ...args] = probe;
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: 60_000 });
  if (error || status !== 0) return false;
  const [, major, minor] = /(\d+)\.(\d+)/.exec(`${stdout}\n${stderr}`) ?? [];
  return Number(major) > least[0] || (Number(major) === least[0] && Number(minor) >= least[1]);
}

/** What a program wrote, line by line. Throws what it complained about when it failed. */
export async function run(language: SnippetLanguage, code: string, secret: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-snippet-"));
  try {
    const { file, command } = runtimes[language];
    const path = join(folder, file);
    writeFileSync(path, code);
    const [program = "", ...args] = command(path);
    const { status, output, complaint } = await outputOf(program, args, secret);
    if (status !== 0) throw new Error(`${language} ended with ${status}: ${complaint}`);
    return output.trimEnd().split("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Ended = { status: number | null; output: string; complaint: string };

async function outputOf(program: string, args: readonly string[], secret: string): Promise<Ended> {
  const { http_proxy: _, HTTP_PROXY: __, ...env } = process.env;
  const child = spawn(program, args, {
    env: { ...env, COUNTERSIGN_SECRET: secret, LC_ALL: "C.UTF-8", GOTOOLCHAIN: "local" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  const complaint: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { status, output: Buffer.concat(output).toString(), complaint: Buffer.concat(complaint).toString() };
}
