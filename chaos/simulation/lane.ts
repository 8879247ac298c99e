import type { Part } from "../core/campaign";
import type { LaneMessage } from "./lanes";
import { openDays } from "./simulation";

/** A process that lives the days it is sent. When its parent goes it drops its database and what it was doing. */
const days = await openDays(process.argv[2] ?? "");

process.on("message", (part: Part) => {
  days.runPart(part).then(
    (result) => answer({ result }),
    (error: unknown) => answer({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.once("disconnect", end);
if (!process.connected) end();

function end(): void {
  void days.close().finally(() => process.exit());
}

function answer(message: LaneMessage): void {
  if (process.connected) process.send?.(message);
}
