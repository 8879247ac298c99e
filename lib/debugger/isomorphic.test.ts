import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { asBig5, asGbk, asLatin1, asUtf8Twice, asUtf16LittleEndian } from "./charsets";
import { fastMd5 } from "./fast-md5";
import { md5After } from "./hashes";
import { type printMistakes, readPrintedDigest } from "./printed-digest";

/** Every file that a file of ours reaches by imports of values, and every package or `node:` module on the way. */
function reached(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(entry, "utf8");
  for (const [, clause = "", specifier = ""] of text.matchAll(/^(?:import|export)\s+([^;]*?)\s*from\s+"([^"]+)"/gms)) {
    if (clause.startsWith("type ")) continue;
    const target = specifier.startsWith("@/") ? specifier.slice(2) : path.join(path.dirname(entry), specifier);
    if (specifier.startsWith(".") || specifier.startsWith("@/")) reached(`${target}.ts`, seen);
    else seen.add(specifier);
  }
  return seen;
}

test.each(["diagnose", "gateway-view", "read-input"])("%s runs in a browser: nothing it reaches is Node's", (name) => {
  const found = [...reached(`lib/debugger/${name}.ts`)];
  expect(found.filter((place) => place.endsWith(".ts")).length).toBeGreaterThan(3);
  expect(found.filter((place) => place.endsWith(".ts") && !existsSync(place))).toEqual([]);
  const packages = found.filter((place) => !place.endsWith(".ts"));
  expect(packages.filter((place) => !place.startsWith("@noble/hashes/") && place !== "zod")).toEqual([]);
});

test("MD5 is Node's MD5, at every length around a block and for texts in two pieces", () => {
  for (let length = 0; length < 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length * 7) % 256);
    expect(Buffer.from(fastMd5(bytes))).toEqual(createHash("md5").update(bytes).digest());
  }
  const digestWith = md5After("奶茶&key=");
  for (const ending of ["", "a", "茶".repeat(2_000), "b"]) {
    expect(Buffer.from(digestWith(ending))).toEqual(createHash("md5").update(`奶茶&key=${ending}`).digest());
  }
});

test("the character sets give the bytes that other programs give", () => {
  // Checked against iconv.
  expect([...asGbk("茶A😀")]).toEqual([0xb2, 0xe8, 0x41, 0x3f]);
  expect([...asBig5("茶A")]).toEqual([0xaf, 0xf9, 0x41]);
  expect([...asLatin1("é茶")]).toEqual([0xe9, 0x3f]);
  expect([...asUtf16LittleEndian("A茶")]).toEqual([0x41, 0x00, 0x36, 0x83]);
  expect(Buffer.from(asUtf8Twice("茶")).toString("utf8")).toBe(Buffer.from("茶", "utf8").toString("latin1"));
});

test("each way of printing a digest is read back, and labelled", () => {
  const digest = Uint8Array.from({ length: 16 }, (_, at) => (at * 37 + 5) % 256);
  const hex = Buffer.from(digest).toString("hex");
  const ways: Readonly<Record<keyof typeof printMistakes, string>> = {
    digest_lowercase: hex,
    digest_base64: Buffer.from(digest).toString("base64"),
    digest_base64_of_hex: Buffer.from(hex.toUpperCase()).toString("base64"),
    digest_16_chars: hex.slice(8, 24).toUpperCase(),
    digest_cut_off: hex.slice(0, 20).toUpperCase(),
    digest_dashed: hex.toUpperCase().replace(/..(?=.)/g, "$&-"),
    digest_leading_zero_lost: hex.toUpperCase().replace(/^0+/, ""),
    digest_unpadded_bytes: [...digest]
      .map((byte) => byte.toString(16))
      .join("")
      .toUpperCase(),
    digest_surrounded: `"${hex.toUpperCase()}"`,
  };
  for (const [label, received] of Object.entries(ways)) {
    const labels = readPrintedDigest(received)
      .filter(({ length, shows }) => length === 16 && shows(digest))
      .map((printed) => printed.labels);
    expect([label, labels]).toContainEqual(expect.arrayContaining([[label]]));
  }
  expect(
    readPrintedDigest(hex.toUpperCase())
      .filter(({ length }) => length === 16)
      .map(({ labels }) => labels),
  ).toEqual([[]]);
});
