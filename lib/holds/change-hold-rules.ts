import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { saveHoldRules } from "@/db/commands/holds";
import { findCredential } from "@/db/queries/credentials";
import type { HoldOperation } from "@/lib/domain/holds";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import type { HoldRulesInput } from "./hold-rules-input";

/** Keeps what the gateway has confirmed about the holds of a credential. Counts from the next act and the next answer on. */
export async function changeHoldRules(
  scope: Scope,
  { credentialId, rules }: HoldRulesInput,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "hold-rules:write");
  if (refusal) return err(refusal);
  const credential = await findCredential(scope, credentialId);
  if (!credential) return err(problem("unknown-credential", "This environment has no such credential."));
  const { merchantId } = credential;
  const actor = scope.viewer.personId;
  const details = {
    wayCodes: rules.wayCodes.join(","),
    lifetimeHours: rules.lifetimeHours,
    heldState: rules.heldState,
    complete: inAudit(rules.complete),
    release: inAudit(rules.release),
  };
  // One transaction: a change that nobody could trace must not happen.
  await inSqlTransaction(async (sql) => {
    await saveHoldRules(sql, { merchantId, credentialId, rules, actor });
    await noteAudit(sql, {
      actor: { kind: "person", personId: scope.viewer.personId },
      action: "hold-rules.changed",
      environment: scope.environment,
      subject: `credential:${credentialId}`,
      details,
      address,
    });
  });
  return ok({ news: newsOf(rules) });
}

function inAudit(operation: HoldOperation | null): string | null {
  if (operation === null) return null;
  const { path, orderField, orderNumber, amountField, numberField, doneState, isPartAllowed } = operation;
  const fields = [`${orderField}=${orderNumber}`, amountField, numberField].filter((name) => name !== null).join(" ");
  return `${path} ${fields} done=${doneState ?? "as published"}${isPartAllowed ? " part" : ""}`;
}

function newsOf({ complete, release }: HoldRulesInput["rules"]): string {
  if (complete && release) return "Saved. Holds of this credential can be completed and released.";
  if (complete) return "Saved. Holds of this credential can be completed, and not released.";
  if (release) return "Saved. Holds of this credential can be released, and not completed.";
  return "Saved. Holds of this credential can neither be completed nor released from here.";
}
