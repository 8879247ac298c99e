import { forgetCredential, openCredential } from "@/lib/credentials/open-credential";
import { marksOf } from "@/lib/credentials/secret-marks";
import { Secret } from "@/lib/domain/secret";
import type { Broken } from "../core/campaign";
import { type Act, perform } from "./acts";
import type { Flow, Stage } from "./flows";

const next = (label: string) => `invented-next-secret-of-${label}`;

/** Each on an application of its own. They change how money moves, so they are whole or they are not. */
export const credentialFlows: Readonly<Record<string, Flow>> = {
  "add a credential": {
    prepare: async (stage, label) => ({ kind: "add credential", credential: fieldsOf(stage, label) }),
    againMayBe: ["credential-exists"],
    judge: (stage, acts) => judge(stage, acts, { signs: 1, verifying: 1, action: "credential.added" }),
  },
  "add the next secret": {
    prepare: async (stage, label) => {
      return { kind: "add next secret", credentialId: await added(stage, label), secret: next(label) };
    },
    againMayBe: ["same-secret"],
    judge: (stage, acts) => judge(stage, acts, { signs: 1, verifying: 2, action: "credential.secret-added" }),
  },
  "promote a secret": {
    prepare: async (stage, label) => ({ kind: "promote secret", credentialId: await begun(stage, label) }),
    againMayBe: ["no-pending"],
    judge: (stage, acts) => judge(stage, acts, { signs: 2, verifying: 2, action: "credential.secret-promoted" }),
  },
  "go back to a secret": {
    prepare: async (stage, label) => ({ kind: "go back to secret", credentialId: await promoted(stage, label) }),
    againMayBe: ["no-overlap"],
    judge: (stage, acts) => judge(stage, acts, { signs: 1, verifying: 2, action: "credential.secret-gone-back" }),
  },
  "retire a secret": {
    prepare: async (stage, label) => {
      const credentialId = await promoted(stage, label);
      const { fingerprint } = marksOf(new Secret(fieldsOf(stage, label)["secret"] ?? ""));
      return { kind: "retire secret", credentialId, fingerprint };
    },
    againMayBe: ["no-overlap"],
    judge: (stage, acts) => judge(stage, acts, { signs: 2, verifying: 1, action: "credential.secret-retired" }),
  },
  "abort a rotation": {
    prepare: async (stage, label) => ({ kind: "abort rotation", credentialId: await begun(stage, label) }),
    againMayBe: ["no-pending"],
    judge: (stage, acts) => judge(stage, acts, { signs: 1, verifying: 1, action: "credential.secret-aborted" }),
  },
};

/** Which version signs, how many verify, and what the audit says. */
type Whole = { signs: number; verifying: number; action: string };

/** After somebody came back to finish it, each change is there once, with its entry in the audit. */
async function judge({ shop }: Stage, acts: readonly Act[], whole: Whole): Promise<Broken[]> {
  const rows = await shop.sql<{ id: string; noted: number }[]>`
    select c.id,
      (select count(*)::int from audit_entries a
        where a.action = ${whole.action} and a.subject = 'credential:' || c.id) as noted
    from credentials c where c.id <> ${shop.credentialId}`;
  const problems = rows.length === acts.length ? [] : [`${rows.length} credentials of ${acts.length}`];
  for (const { id, noted } of rows) {
    forgetCredential(id);
    const opened = await openCredential(id);
    const verifying = opened?.verifying.length ?? 0;
    const signs = opened?.current.version;
    if (signs === whole.signs && verifying === whole.verifying && noted === 1) continue;
    problems.push(`version ${signs} signs, ${verifying} verify, noted ${noted} times`);
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

/** With the next secret pending. */
async function begun(stage: Stage, label: string): Promise<string> {
  const credentialId = await added(stage, label);
  await perform(stage.operator, { kind: "add next secret", credentialId, secret: next(label) });
  return credentialId;
}

/** With the next secret signing, and the first one still verifying. */
async function promoted(stage: Stage, label: string): Promise<string> {
  const credentialId = await begun(stage, label);
  await perform(stage.operator, { kind: "promote secret", credentialId });
  return credentialId;
}

function fieldsOf({ shop }: Stage, label: string): Record<string, string> {
  const { mchNo, baseUrl } = shop.sender;
  const appId = Buffer.from(label).toString("hex").padEnd(24, "0").slice(0, 24);
  return { label, baseUrl, mchNo, appId, secret: `invented-secret-of-${label}`, wayCodes: "" };
}
