import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { repairs } from "./driver-repairs.mjs";
import { mendDriver } from "./mend-driver.mjs";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), "countersign-driver-"));
  fs.cpSync(path.join("node_modules", "postgres"), folder, { recursive: true });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const files = ["src", "cjs/src"].flatMap((modules) =>
  ["connection.js", "index.js"].map((name) => `${modules}/${name}`),
);
const read = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");
const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

/** As it is published. */
function undo(): void {
  for (const file of files) {
    const own = repairs.filter((repair) => repair.file === path.basename(file)).toReversed();
    write(
      file,
      own.reduce((text, { find, put }) => text.replace(put, () => find), read(file)),
    );
  }
}

test("the driver of this installation is mended", () => {
  const before = files.map(read);
  mendDriver(folder);
  expect(files.map(read)).toEqual(before);
});

test("a driver as it is published is mended once, in both of its forms", () => {
  const mended = files.map(read);
  undo();
  for (const { file, find, put } of repairs) {
    expect(read(`src/${file}`)).toContain(find);
    expect(read(`cjs/src/${file}`)).not.toContain(put);
  }
  mendDriver(folder);
  expect(files.map(read)).toEqual(mended);
  mendDriver(folder);
  expect(files.map(read)).toEqual(mended);
});

test("a driver with another text, or of another version, is refused and not half mended", () => {
  undo();
  write("src/connection.js", read("src/connection.js").replace("socket.write(chunk, fn)", "socket.write(chunk)"));
  const before = read("src/connection.js");
  expect(() => mendDriver(folder)).toThrow("is not what it was");
  expect(read("src/connection.js")).toBe(before);
  write("package.json", JSON.stringify({ version: "3.5.0" }));
  expect(() => mendDriver(folder)).toThrow("3.5.0");
});
