import fs from "node:fs";
import { z } from "zod";
import { closeDb, sqlClient } from "@/db/client";
import { setHoldSeconds } from "@/db/commands/refund-control";
import { type ListedCredential, listAllCredentials } from "@/db/queries/credentials-listed";
import { addCredential } from "@/lib/credentials/add-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import { Environment } from "@/lib/domain/environment";
import { Role } from "@/lib/domain/roles";
import { addPerson } from "@/lib/people/add-person";

/**
 * Gives the embedded demo its people and the credentials of its sandbox gateway. It adds what is missing and changes
 * nothing that somebody has changed since.
 *
 *   tsx scripts/seed.ts SIGN-INS-FILE SANDBOX-URL [--refunds-at-once]
 *
 * With `--refunds-at-once` refunds are sent without the time in which they can be stopped, as the journeys expect.
 */
const SignIns = z.array(z.object({ email: z.string(), name: z.string(), role: Role, password: z.string() }));

const SandboxMerchants = z.array(
  z.object({
    environment: Environment,
    mchNo: z.string(),
    apps: z.array(z.object({ appId: z.string(), name: z.string(), secret: z.string(), wayCodes: z.array(z.string()) })),
  }),
);

const by = { actor: { kind: "script" }, address: null } as const;

const [, , signInsFile = "", sandboxUrl = "", ...options] = process.argv;

async function addPeople(): Promise<void> {
  const known = await sqlClient()<{ email: string }[]>`select email from people`;
  for (const { password, ...person } of SignIns.parse(JSON.parse(fs.readFileSync(signInsFile, "utf8")))) {
    if (known.some(({ email }) => email === person.email)) continue;
    const added = await addPerson(by, person, password);
    if (!added.ok) throw new Error(`${person.email}: ${added.error.message}`);
    console.log(`added ${person.email}`);
  }
}

async function addCredentials(): Promise<void> {
  const response = await fetch(`${sandboxUrl}/control/merchants`);
  if (!response.ok) throw new Error(`the sandbox gateway does not say its merchants: HTTP ${response.status}`);
  const known = await listAllCredentials();
  for (const { environment, mchNo, apps } of SandboxMerchants.parse(await response.json())) {
    for (const { appId, name, secret, wayCodes } of apps) {
      const there = known.find((one) => one.environment === environment && one.mchNo === mchNo && one.appId === appId);
      if (there) {
        await followSandbox(there);
        continue;
      }
      const credential = { label: name, baseUrl: sandboxUrl, mchNo, appId, secret, wayCodes: wayCodes.join(",") };
      const added = await addCredential(by, environment, NewCredential.parse(credential));
      if (!added.ok) throw new Error(`${name}, ${environment}: ${added.error.message}`);
      console.log(`added the credential "${name}" for ${environment}`);
    }
    await sqlClient()`
      update merchants set label = 'Harbour Goods'
      where environment = ${environment} and mch_no = ${mchNo} and label = mch_no`;
  }
}

/** The sandbox of this data folder is the same gateway when it listens on another port today. */
async function followSandbox({ id, baseUrl }: ListedCredential): Promise<void> {
  if (baseUrl === sandboxUrl) return;
  await sqlClient()`update credentials set base_url = ${sandboxUrl}, changed_at = now() where id = ${id}`;
}

try {
  await addPeople();
  await addCredentials();
  if (options.includes("--refunds-at-once")) {
    for (const environment of Environment.options) await setHoldSeconds(sqlClient(), environment, 0);
  }
} finally {
  await closeDb();
}
