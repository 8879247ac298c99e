import path from "node:path";
import { type Room, rooms, testsMay, testsWithDatabaseMay, useCases } from "./table";

export type SourceFile = { path: string; text: string };
type Breach = { path: string; line: number; imports: string; reason: string };

type Import = { specifier: string; isTypeOnly: boolean; line: number };

/** Every import that the table does not allow. Paths are written from the repository's root, with `/`. */
export function breaches(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) =>
    importsOf(file.text).flatMap((found) => {
      const reason = reasonAgainst(file.path, found);
      return reason ? [{ path: file.path, line: found.line, imports: found.specifier, reason }] : [];
    }),
  );
}

function reasonAgainst(file: string, { specifier, isTypeOnly }: Import): string | null {
  const from = roomOf(file);
  const target = targetOf(file, specifier);
  const isClimbing = specifier.startsWith("../../") || (specifier.startsWith(".") && roomOf(target) !== from);
  if (isClimbing && knowsAlias(file)) return "an import that leaves its room is written with @/";
  if (isOurs(specifier) && roomOf(target) === from) return null;

  const room = rooms[from] ?? { may: [] };
  const asRoom = isOurs(specifier) ? nameWithRoom(target) : target;
  if (isNamed(asRoom, room.mayNot ?? [])) return `${name(from)} may not import it`;
  const allowed = [...room.may, ...(isTypeOnly ? (room.mayTypes ?? []) : []), ...(isTest(file) ? forTests(room) : [])];
  if (isNamed(asRoom, allowed)) return null;
  return isNamed(asRoom, room.mayTypes ?? [])
    ? `${name(from)} may import only types from it`
    : `${name(from)} may not import it`;
}

/** Plain Node reads `.mjs` files, and a file at the root has no room to leave. */
function knowsAlias(file: string): boolean {
  return !file.endsWith(".mjs") && file.includes("/");
}

function forTests(room: Room): readonly string[] {
  return room.may.some((allowed) => ["db", "postgres", "lib/auth"].includes(allowed))
    ? [...testsMay, ...testsWithDatabaseMay]
    : testsMay;
}

/** What a room keeps for its tests (its `testing` and `vectors` folders) obeys the same rules as they do. */
function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/(testing|vectors)\//.test(file);
}

/** The room of a file: the longest name in the table that its path begins with. */
function roomOf(file: string): string {
  const named = Object.keys(rooms)
    .filter((room) => room !== "" && isBelow(file, room))
    .sort((a, b) => b.length - a.length)[0];
  if (named !== undefined) return named;
  if (file.startsWith("lib/")) return useCases;
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}

/** A use case is matched by what it is, every other file by its path. */
function nameWithRoom(target: string): string {
  return roomOf(target) === useCases ? `${useCases}/${target.slice("lib/".length)}` : target;
}

function isNamed(target: string, names: readonly string[]): boolean {
  return names.some((allowed) => (allowed === "node:" ? target.startsWith("node:") : isBelow(target, allowed)));
}

function isBelow(target: string, root: string): boolean {
  return target === root || target.startsWith(`${root}/`);
}

function isOurs(specifier: string): boolean {
  return specifier.startsWith("@/") || specifier.startsWith(".");
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
  return specifier;
}

function name(room: string): string {
  return room === "" ? "a file at the root" : room;
}

const statement =
  /^[ \t]*(?:import|export)\b(?<clause>[^"';(]*?)\bfrom\s*["'](?<from>[^"']+)["']|^[ \t]*import\s*["'](?<bare>[^"']+)["']|\bimport\(\s*["'](?<late>[^"']+)["']\s*\)|\brequire\(\s*["'](?<required>[^"']+)["']\s*\)/gm;

function importsOf(text: string): Import[] {
  return [...text.matchAll(statement)].map((match) => {
    const { clause, from, bare, late, required } = match.groups ?? {};
    const lineStart = text.lastIndexOf("\n", match.index) + 1;
    return {
      specifier: from ?? bare ?? late ?? required ?? "",
      isTypeOnly: isTypeOnly(clause) || (late !== undefined && isTypeQuery(text.slice(lineStart, match.index))),
      line: text.slice(0, match.index + match[0].length).split("\n").length,
    };
  });
}

/** `import type { A }` and `import { type A, type B }` leave nothing behind. */
function isTypeOnly(clause: string | undefined): boolean {
  if (clause === undefined) return false;
  if (/^\s*type\b(?!\s*,)/.test(clause)) return true;
  const members = /^\s*\{(?<members>[^}]*)\}\s*$/.exec(clause)?.groups?.["members"];
  if (members === undefined) return false;
  const names = members
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "");
  return names.length > 0 && names.every((member) => member.startsWith("type "));
}

/** A late import inside of a type: behind `typeof`, or on the right side of a type's definition. */
function isTypeQuery(before: string): boolean {
  return /\btypeof\s*$/.test(before) || /^\s*(export\s+)?type\b/.test(before);
}
