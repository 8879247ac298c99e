import { expect, test } from "vitest";
import { hexDump } from "./hex-dump";

test("sixteen bytes stand on a line, with their place before them and their text behind", () => {
  expect(hexDump(new TextEncoder().encode("state=2&amount=1050\n"))).toBe(
    [
      "00000000  73 74 61 74 65 3D 32 26  61 6D 6F 75 6E 74 3D 31  |state=2&amount=1|",
      "00000010  30 35 30 0A                                       |050.|",
    ].join("\n"),
  );
});

test("every byte is shown, whatever it is", () => {
  const dump = hexDump(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  expect(dump.split("\n")).toHaveLength(16);
  expect(dump).toContain("FF");
  expect(dump).not.toMatch(/[^ -~\n]/);
});

test("no bytes, no lines", () => {
  expect(hexDump(new Uint8Array())).toBe("");
});
