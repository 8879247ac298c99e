import { fork } from "node:child_process";
import type { OpenCampaign, Part, PartResult } from "../core/campaign";

const program = new URL("./lane.ts", import.meta.url).pathname;

export type LaneMessage = { result: PartResult } | { failure: string };

/**
 * Days lived side by side, each in a process and a database of its own. A day follows from its seed alone, so it does
 * not matter which lane lives it, or when.
 */
export function openLanes(serverUrl: string, count: number): OpenCampaign {
  const lanes = Array.from({ length: count }, () => openLane(serverUrl));
  const free = [...lanes];
  return {
    atOnce: count,
    async runPart(part) {
      const lane = free.pop();
      if (!lane) throw new Error("More days than lanes.");
      const result = await lane.live(part);
      free.push(lane);
      return result;
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

function openLane(serverUrl: string) {
  const child = fork(program, [serverUrl], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    live: (part: Part) =>
      new Promise<PartResult>((resolve, reject) => {
        const early = () => reject(new Error(`The process of a day ended before it, with ${child.exitCode}.`));
        child.once("exit", early);
        child.once("message", (message: LaneMessage) => {
          child.off("exit", early);
          if ("result" in message) resolve(message.result);
          else reject(new Error(message.failure));
        });
        child.send(part);
      }),
    close: () => {
      // It tidies up when nobody can send to it any more.
      if (child.connected) child.disconnect();
      return ended;
    },
  };
}
