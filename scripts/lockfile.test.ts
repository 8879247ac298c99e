import fs from "node:fs";
import { expect, test } from "vitest";

type Entry = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const lock: { packages: Record<string, Entry> } = JSON.parse(fs.readFileSync("package-lock.json", "utf8"));
const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } & Entry = JSON.parse(
  fs.readFileSync("package.json", "utf8"),
);
const entries = Object.entries(lock.packages).filter(([place]) => place !== "");

/** Whether a package that stands at `place` finds `name`, as Node looks for it: beside itself, then further out. */
function isFound(place: string, name: string): boolean {
  for (let outer = place; ; outer = outer.slice(0, Math.max(outer.lastIndexOf("/node_modules/"), 0))) {
    if (`${outer}${outer ? "/" : ""}node_modules/${name}` in lock.packages) return true;
    if (outer === "") return false;
  }
}

test("every optional dependency has an entry, so that other systems get their binaries too", () => {
  const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isFound(place, name))
      .map((name) => `${place} -> ${name}`),
  );
  expect(missing).toEqual([]);
});

test("no entry names the host it was fetched from, and every entry has its hash", () => {
  expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([place]) => place)).toEqual([]);
  expect(entries.filter(([, entry]) => !entry.link && !entry.integrity).map(([place]) => place)).toEqual([]);
});

test("versions are exact", () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

/** Below these versions there are known holes. */
const floors = {
  next: "16.2.11",
  react: "19.2.1",
  "react-dom": "19.2.1",
  "next-auth": "4.24.15",
  "drizzle-orm": "0.45.2",
};

test.each(Object.entries(floors))("%s is at least %s", (name, floor) => {
  const version = lock.packages[`node_modules/${name}`]?.version ?? "0.0.0";
  expect(isAtLeast(version, floor), version).toBe(true);
});

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  for (const [place, wanted] of (need ?? []).entries()) {
    const present = have?.[place] ?? 0;
    if (present !== wanted) return present > wanted;
  }
  return true;
}

test("a version is compared by its numbers, not by its letters", () => {
  expect(isAtLeast("16.10.0", "16.9.9")).toBe(true);
  expect(isAtLeast("16.2.10", "16.2.11")).toBe(false);
  expect(isAtLeast("4.24.15", "4.24.15")).toBe(true);
});
