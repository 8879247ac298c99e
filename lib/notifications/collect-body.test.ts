import fc from "fast-check";
import { expect, test } from "vitest";
import { collectBody } from "./collect-body";

const limit = 65_536;
const bytes = (count: number) => new Uint8Array(count).fill(97);

test("a body is what its pieces say, in whatever pieces it comes", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 60 }), (pieces) => {
      const body = collectBody(limit);
      for (const piece of pieces) expect(body.add(piece)).toBe("ok");
      expect(Buffer.from(body.bytes())).toEqual(Buffer.concat(pieces));
      body.close();
    }),
  );
});

test("no byte more than the limit is taken, however it is divided", () => {
  const body = collectBody(10);
  expect([body.add(bytes(5)), body.add(bytes(5)), body.add(bytes(1))]).toEqual(["ok", "ok", "too-large"]);
  expect(collectBody(10).add(bytes(11))).toBe("too-large");
});

test("a message that drips in byte by byte is taken, and a flood of single bytes refused long before the limit", () => {
  const body = collectBody(limit);
  const said = Array.from({ length: 2_000 }, () => body.add(bytes(1)));
  expect(said.indexOf("too-fine")).toBe(1_024);
});

test("what is held takes no more memory than twice its bytes, however small the pieces are", () => {
  const body = collectBody(limit);
  for (let piece = 0; piece < 1_000; piece += 1) body.add(bytes(10));
  expect(body.bytes().buffer.byteLength).toBeLessThanOrEqual(20_000);
  body.close();
});

test("a thousand large bodies get a few megabytes together, and small ones are read beside them all the same", () => {
  const large = Array.from({ length: 1_000 }, () => collectBody(limit));
  const said = large.map((body) => body.add(bytes(60_000)));
  expect(said.filter((one) => one === "ok").length).toBe(139);
  expect(new Set(said)).toEqual(new Set(["ok", "busy"]));
  const small = collectBody(limit);
  expect([small.add(bytes(1_000)), small.add(bytes(1_000))]).toEqual(["ok", "ok"]);
  for (const body of [...large, small]) body.close();
  const next = collectBody(limit);
  expect(next.add(bytes(60_000))).toBe("ok");
  next.close();
});
