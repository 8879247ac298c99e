import fs from "node:fs";
import path from "node:path";
import type { SourceFile } from "./check";

const root = process.cwd();
const folders = ["app", "bench", "chaos", "components", "db", "e2e", "lib", "sandbox", "scripts", "web", "worker"];

/** Every source file of the product, those not yet committed too. */
export function sourceTree(): SourceFile[] {
  return [...fs.readdirSync(root).filter((name) => isSource(name)), ...folders.flatMap((folder) => below(folder))].map(
    (file) => ({ path: file, text: fs.readFileSync(path.join(root, file), "utf8") }),
  );
}

function below(folder: string): string[] {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.split(path.sep).join("/")}`)
    .filter(isSource);
}

function isSource(file: string): boolean {
  return /\.(ts|tsx|mts|mjs|js)$/.test(file) && file !== "next-env.d.ts";
}
