import { chooseCredential } from "@/lib/credentials/choose-credential";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import type { CredentialId } from "@/lib/domain/ids";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";

/**
 * The credential that signs a new payment: the one asked for, if it is of this environment and carries the way code,
 * else the one that the way code picks.
 */
export async function credentialForPayment(
  scope: Scope,
  { wayCode, credentialId }: { wayCode: string; credentialId: CredentialId | undefined },
): Promise<Result<OpenCredential, Problem>> {
  const id = credentialId ?? (await chooseCredential(scope, wayCode))?.id;
  const credential = id === undefined ? null : await openCredential(id);
  const isOurs = credential !== null && scope.merchants.some(({ merchantId }) => merchantId === credential.merchantId);
  if (!credential || !isOurs || !credential.isActive) {
    const message = `No active credential of this environment carries ${wayCode}. An admin can add one or its way code.`;
    return err(problem("no-credential", message, { wayCode: [message] }));
  }
  if (credential.wayCodes.length > 0 && !credential.wayCodes.includes(wayCode)) {
    const message = `The credential “${credential.label}” does not carry ${wayCode}.`;
    return err(problem("no-credential", message, { credentialId: [message] }));
  }
  return ok(credential);
}
