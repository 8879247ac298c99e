import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Harness } from "../processes/program";
import type { Reset } from "./stream";

/** What each life of each web process wrote down about its connections. */
export type Notes = {
  /** For the next life of the process at `port`. */
  next(port: number): Harness;
  /** What the process at `port` had to do with a request that was left without an answer. */
  judge(reset: Reset): Judgement;
  close(): void;
};

/**
 * `read`: the process had read some of it. `waiting`: not read, but it lay there before the process stopped to listen.
 * `cut off`: it was sent afterwards, on a connection that had been in use a moment before. `late`: on one that had not.
 */
export type Judgement = "read" | "waiting" | "cut off" | "late";

/** As long may an open connection bring a request after a stop, less what a busy sender takes to notice anything. */
const inUseUs = 900_000;

type Life = { port: number; file: string };

type Line = { closedAtUs: number } | { port: number; fromUs: number; toUs: number; bytesRead: number };

export function openNotes(): Notes {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "countersign-connections-"));
  const lives: Life[] = [];
  return {
    next(port) {
      const file = path.join(folder, `${lives.length}`);
      lives.push({ port, file });
      return { module: new URL("note-connections.mjs", import.meta.url).href, env: { CHAOS_CONNECTIONS: file } };
    },
    judge({ port, trace: { localPort, beganAtUs, sentAtUs, endedAtUs, bytesBefore, unusedUs } }) {
      const own = lives.filter((life) => life.port === port).flatMap(({ file }) => linesOf(file));
      const hasRead = own.some(
        (line) =>
          "bytesRead" in line &&
          line.port === localPort &&
          // The operating system gives a number again.
          line.fromUs <= endedAtUs &&
          line.toUs >= beganAtUs &&
          line.bytesRead > bytesBefore,
      );
      if (hasRead) return "read";
      const stops = own.flatMap((line) => ("closedAtUs" in line ? [line.closedAtUs] : []));
      const isBeforeStop = sentAtUs !== null && stops.some((stop) => sentAtUs < stop && stop <= endedAtUs);
      if (isBeforeStop) return "waiting";
      return unusedUs !== null && unusedUs < inUseUs ? "cut off" : "late";
    },
    close: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function linesOf(file: string): Line[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
