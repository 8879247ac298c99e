// @ts-check
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repairedVersion, repairs } from "./driver-repairs.mjs";

/**
 * Mends the installed database driver, unless that has been done. Every install and every start does it, so that no
 * way to a folder of packages leads to a driver that is not mended.
 *
 * @param {string} folder  of the driver
 * @throws when it is another version, or its text is not the one that was mended
 */
export function mendDriver(folder = path.join("node_modules", "postgres")) {
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  if (version !== repairedVersion) {
    throw new Error(
      `the database driver is ${version}, and its repairs are for ${repairedVersion}: see docs/decisions/0015`,
    );
  }
  for (const modules of ["src", path.join("cjs", "src")]) {
    for (const name of new Set(repairs.map(({ file }) => file))) mendFile(path.join(folder, modules, name), name);
  }
}

/** @param {string} file @param {string} name */
function mendFile(file, name) {
  const found = fs.readFileSync(file, "utf8");
  let mended = found;
  for (const { find, put } of repairs.filter((repair) => repair.file === name)) {
    if (mended.split(put).length === 2) continue;
    if (mended.split(find).length !== 2) throw new Error(`${file} is not what it was: see docs/decisions/0015`);
    mended = mended.replace(find, () => put);
  }
  if (mended === found) return;
  // Beside it and then in its place: another start may be reading it, or doing the same.
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, mended);
  fs.renameSync(fresh, file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) mendDriver();
