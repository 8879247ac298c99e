import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import type { AuditHead } from "@/db/commands/audit-seals";
import { proveAudit, readAuditHead } from "@/db/queries/audit-chain";
import { fail } from "./command-line";

const usage =
  "npm run audit -- head (prints the head of the chain, to be kept elsewhere), or npm run audit -- verify [--head N:HASH …]";

/**
 * `head` prints the last seal as `{"head":"N:HASH","sealedAt"}`. `verify` follows the whole chain, prints
 * `{"sealed","waiting","head","fault"}` and ends with 1 when something is not as it was written; `fault` names the first.
 */
async function main(): Promise<string> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { head: { type: "string", multiple: true } },
  });
  const [command, ...more] = positionals;
  if (more.length > 0) throw new Error(`usage: ${usage}`);
  if (command === "head" && !values.head) {
    const head = await readAuditHead();
    return JSON.stringify({ head: head && written(head), sealedAt: head?.sealedAt ?? null });
  }
  if (command !== "verify") throw new Error(`usage: ${usage}`);
  const proof = await proveAudit((values.head ?? []).map(readHead));
  if (proof.fault) process.exitCode = 1;
  return JSON.stringify({ ...proof, head: proof.head && written(proof.head) });
}

function written({ sealNo, hash }: AuditHead): string {
  return `${sealNo}:${hash}`;
}

function readHead(text: string): AuditHead {
  const [, sealNo, hash] = /^([1-9][0-9]{0,14}):([0-9a-fA-F]{64})$/.exec(text.trim()) ?? [];
  if (!sealNo || !hash) throw new Error("--head: write it as `npm run audit -- head` prints it, N:HASH");
  return { sealNo: Number(sealNo), hash };
}

main()
  .then((line) => console.log(line))
  .catch(fail)
  .finally(closeDb);
