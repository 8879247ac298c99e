// @ts-check
import { fileURLToPath } from "node:url";
import { installPackages } from "./start/install.mjs";
import { runMode } from "./start/modes.mjs";
import { complain } from "./start/say.mjs";

/**
 * One program behind every npm command: `node scripts/run.mjs MODE [arguments]`. Until the packages are installed it
 * uses nothing but Node.
 */
const [mode = "start", ...rest] = process.argv.slice(2);
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  complain(`Node ${process.versions.node} is too old: Countersign needs 20.9 or newer`);
  process.exit(1);
}

try {
  await installPackages({
    isDevelopment: mode !== "migrate" && mode !== "worker" && mode !== "sandbox" && mode !== "web",
  });
  process.exitCode = await runMode(mode, rest);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
