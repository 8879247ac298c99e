import type { Doom } from "./doomed";
import { doAndDie } from "./doomed";

/** A process of its own that kills itself at the step it is told, without a chance to clean up. */
const doom = JSON.parse(process.argv[2] ?? "{}") as Omit<Doom, "die">;
await doAndDie({ ...doom, die: () => process.kill(process.pid, "SIGKILL") });
process.exit(0);
