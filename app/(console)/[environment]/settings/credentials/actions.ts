"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { addCredential } from "@/lib/credentials/add-credential";
import { addNextSecret } from "@/lib/credentials/add-next-secret";
import {
  changeCredential,
  changeNoticeRule,
  changeRetireRule,
  changeSources,
  setCredentialActive,
} from "@/lib/credentials/change-credential";
import { CredentialChange, NewCredential, PastedSecret, TypedFingerprint } from "@/lib/credentials/credential-input";
import { abortRotation, forceRetireSecret, retireSecret } from "@/lib/credentials/end-secret";
import { NoticeRuleInput } from "@/lib/credentials/notice-rule-input";
import { probePending } from "@/lib/credentials/probe-pending";
import { goBackToSecret, promoteSecret } from "@/lib/credentials/promote-secret";
import { SourcesInput } from "@/lib/credentials/sources-input";
import { CredentialId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { RetireRule } from "@/lib/domain/rotation";

/** What went well leads to the credential's page, so only problems come back to the form. */
export const addCredentialAction = defineScopedAction(
  { permission: "credentials:write", input: NewCredential },
  async ({ environment, viewer }, input, { address }): Promise<Result<CredentialId, Problem>> => {
    const by = { actor: { kind: "person", personId: viewer.personId }, address } as const;
    const added = await addCredential(by, environment, input);
    if (!added.ok) return added;
    // The strip may name a merchant from now on.
    refresh();
    redirect(`/${environment}/settings/credentials/${added.value}?added=1`);
  },
);

export const changeCredentialAction = defineScopedAction(
  { permission: "credentials:write", input: CredentialChange },
  (scope, input, { address }) => changeCredential(scope, input, address),
);

export const changeNoticeRuleAction = defineScopedAction(
  { permission: "credentials:write", input: NoticeRuleInput },
  (scope, input, { address }) => changeNoticeRule(scope, input, address),
);

export const changeSourcesAction = defineScopedAction(
  { permission: "credentials:write", input: SourcesInput },
  (scope, input, { address }) => changeSources(scope, input, address),
);

export const setCredentialActiveAction = defineScopedAction(
  { permission: "credentials:write", input: z.object({ credentialId: CredentialId, isActive: z.stringbool() }) },
  (scope, input, { address }) => setCredentialActive(scope, input, address),
);

/** The steps of a rotation. What each of them found or did, the credential's page shows. */
const OneCredential = z.object({ credentialId: CredentialId });

export const addNextSecretAction = defineScopedAction(
  { permission: "credentials:write", input: z.object({ credentialId: CredentialId, secret: PastedSecret }) },
  (scope, input, { address }) => addNextSecret({ scope, address }, input),
);

export const probePendingAction = defineScopedAction(
  { permission: "credentials:write", input: OneCredential },
  (scope, input, { address }) => probePending({ scope, address }, input),
);

export const promoteSecretAction = defineScopedAction(
  { permission: "credentials:write", input: OneCredential },
  (scope, input, { address }) => promoteSecret({ scope, address }, input),
);

export const goBackToSecretAction = defineScopedAction(
  { permission: "credentials:write", input: OneCredential },
  (scope, input, { address }) => goBackToSecret({ scope, address }, input),
);

export const abortRotationAction = defineScopedAction(
  { permission: "credentials:write", input: OneCredential },
  (scope, input, { address }) => abortRotation({ scope, address }, input),
);

export const retireSecretAction = defineScopedAction(
  { permission: "credentials:write", input: OneCredential },
  (scope, input, { address }) => retireSecret({ scope, address }, input),
);

export const forceRetireSecretAction = defineScopedAction(
  { permission: "credentials:write", input: z.object({ credentialId: CredentialId, fingerprint: TypedFingerprint }) },
  (scope, input, { address }) => forceRetireSecret({ scope, address }, input),
);

export const changeRetireRuleAction = defineScopedAction(
  { permission: "credentials:write", input: RetireRule.extend({ credentialId: CredentialId }) },
  (scope, { credentialId, ...rule }, { address }) => changeRetireRule(scope, { credentialId, rule }, address),
);
