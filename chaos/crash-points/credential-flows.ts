import { forgetCredential, openCredential } from "@/lib/credentials/open-credential";
import type { Broken } from "../core/campaign";
import { type Act, perform } from "./acts";
import type { Flow, Stage } from "./flows";

const next = (label: string) => `invented-next-secret-of-${label}`;

/** Each on an application of its own. They change how money moves, so they are whole or they are not. */
export const credentialFlows: Readonly<Record<string, Flow>> = {
  "add a credential": {
    prepare: async (stage, label) => ({ kind: "add credential", credential: fieldsOf(stage, label) }),
    againMayBe: ["credential-exists"],
    judge: (stage, acts) => judge(stage, acts, { versions: 1, verifying: 1, action: "credential.added" }),
  },
  "replace a secret": {
    prepare: async (stage, label) => {
      return { kind: "replace secret", credentialId: await added(stage, label), secret: next(label) };
    },
    againMayBe: ["same-secret"],
    judge: (stage, acts) => judge(stage, acts, { versions: 2, verifying: 2, action: "credential.secret-replaced" }),
  },
  "end an overlap": {
    prepare: async (stage, label) => {
      const credentialId = await added(stage, label);
      await perform(stage.operator, { kind: "replace secret", credentialId, secret: next(label) });
      return { kind: "end overlap", credentialId };
    },
    againMayBe: ["no-overlap"],
    judge: (stage, acts) => judge(stage, acts, { versions: 2, verifying: 1, action: "credential.secret-retired" }),
  },
};

type Whole = { versions: number; verifying: number; action: string };

/** After somebody came back to finish it, each change is there once, with its entry in the audit. */
async function judge({ shop }: Stage, acts: readonly Act[], whole: Whole): Promise<Broken[]> {
  const rows = await shop.sql<{ id: string; versions: number; noted: number }[]>`
    select c.id,
      (select count(*)::int from credential_secrets s where s.credential_id = c.id) as versions,
      (select count(*)::int from audit_entries a
        where a.action = ${whole.action} and a.subject = 'credential:' || c.id) as noted
    from credentials c where c.id <> ${shop.credentialId}`;
  const problems = rows.length === acts.length ? [] : [`${rows.length} credentials of ${acts.length}`];
  for (const { id, versions, noted } of rows) {
    forgetCredential(id);
    const opened = await openCredential(id);
    const verifying = opened?.verifying.length ?? 0;
    if (opened?.current.version === whole.versions && versions === whole.versions && noted === 1) {
      if (verifying === whole.verifying) continue;
    }
    problems.push(`version ${opened?.current.version} of ${versions}, ${verifying} verify, noted ${noted} times`);
  }
  const invariant = "a change of a credential is whole or not there";
  return problems.length === 0 ? [] : [{ invariant, detail: problems.slice(0, 3).join("; ") }];
}

async function added(stage: Stage, label: string): Promise<string> {
  await perform(stage.operator, { kind: "add credential", credential: fieldsOf(stage, label) });
  const [row] = await stage.shop.sql<{ id: string }[]>`select id from credentials where label = ${label}`;
  if (!row) throw new Error(`${label} was not added.`);
  return row.id;
}

function fieldsOf({ shop }: Stage, label: string): Record<string, string> {
  const { mchNo, baseUrl } = shop.sender;
  const appId = Buffer.from(label).toString("hex").padEnd(24, "0").slice(0, 24);
  return { label, baseUrl, mchNo, appId, secret: `invented-secret-of-${label}`, wayCodes: "" };
}
