import fs from "node:fs";
import type { Program } from "./program";

/** What a process holds in memory, watched until it is asked. */
export type MemoryWatch = {
  /** Megabytes, the most that was seen. Ends the watch. */
  most(): number;
};

const glanceMs = 50;

export function watchMemory(program: Program): MemoryWatch {
  let most = residentMb(program);
  const clock = setInterval(() => {
    most = Math.max(most, residentMb(program));
  }, glanceMs);
  return {
    most() {
      clearInterval(clock);
      return Math.max(most, residentMb(program));
    },
  };
}

function residentMb({ process: { pid } }: Program): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb ?? 0) / 1024;
}
