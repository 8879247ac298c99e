import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import { rewrapSecrets } from "@/lib/credentials/rewrap-secrets";
import { fail } from "./command-line";

const usage = "npm run keys -- rewrap";

/**
 * `rewrap` wraps every stored secret by `MASTER_KEY`, also those that one of `MASTER_KEY_ALSO` had wrapped, prints
 * `{"rewrapped","unchanged","broken"}`, and ends with 1 when a secret opens with none of them.
 */
async function main(): Promise<string> {
  const { positionals } = parseArgs({ allowPositionals: true });
  if (positionals.join(" ") !== "rewrap") throw new Error(`usage: ${usage}`);
  const done = await rewrapSecrets({ kind: "script" });
  if (done.broken.length > 0) process.exitCode = 1;
  return JSON.stringify(done);
}

main()
  .then((line) => console.log(line))
  .catch(fail)
  .finally(closeDb);
