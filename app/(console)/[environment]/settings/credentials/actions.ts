"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { addCredential } from "@/lib/credentials/add-credential";
import {
  changeCredential,
  changeNoticeRule,
  changeSources,
  setCredentialActive,
} from "@/lib/credentials/change-credential";
import { CredentialChange, NewCredential, PastedSecret } from "@/lib/credentials/credential-input";
import { NoticeRuleInput } from "@/lib/credentials/notice-rule-input";
import { endOverlap, replaceSecret } from "@/lib/credentials/replace-secret";
import { SourcesInput } from "@/lib/credentials/sources-input";
import { CredentialId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";

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

export const replaceSecretAction = defineScopedAction(
  { permission: "credentials:write", input: z.object({ credentialId: CredentialId, secret: PastedSecret }) },
  (scope, input, { address }) => replaceSecret(scope, input, address),
);

export const endOverlapAction = defineScopedAction(
  { permission: "credentials:write", input: z.object({ credentialId: CredentialId }) },
  (scope, input, { address }) => endOverlap(scope, input, address),
);
