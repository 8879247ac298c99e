import { expect, test } from "vitest";
import { localMoment, readSince } from "./reprocess-since";

const now = new Date("2026-11-19T06:00:00Z");

test("a run begins at a word, at a moment of Hong Kong, or a day ago", () => {
  expect(readSince({ since: "1h" }, now)).toEqual({ at: new Date("2026-11-19T05:00:00Z"), word: "1h" });
  expect(readSince({ since: "2026-11-19T13:05" }, now)).toEqual({ at: new Date("2026-11-19T05:05:00Z"), word: null });
  expect(readSince({}, now)).toEqual({ at: new Date("2026-11-18T06:00:00Z"), word: "24h" });
});

test.each(["tomorrow", "2026-11-20T13:05", "2026-13-40T99:99", ""])(
  "what is no past moment counts as not said: %s",
  (since) => {
    expect(readSince({ since }, now).word).toBe("24h");
  },
);

test("a moment is written as its field takes it", () => {
  expect(localMoment(new Date("2026-11-19T05:05:59Z"))).toBe("2026-11-19T13:05");
});
