import { addNextSecret } from "@/lib/credentials/add-next-secret";
import { forceRetireSecret } from "@/lib/credentials/end-secret";
import { openCredentialNow } from "@/lib/credentials/open-credential";
import { promoteSecret } from "@/lib/credentials/promote-secret";
import { previousOf } from "@/lib/credentials/rotation-step";
import { marksOf } from "@/lib/credentials/secret-marks";
import type { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";

/** Signs with another secret from now on, which the gateway takes already. The one before still verifies, and no older one. */
export async function rotateTo(scope: Scope, credentialId: string, secret: Secret): Promise<void> {
  const credential = await openCredentialNow(credentialId);
  if (credential && previousOf(credential)) await retireByForce(scope, credentialId);
  const added = await addNextSecret({ scope, address: null }, { credentialId, secret });
  const promoted = added.ok ? await promoteSecret({ scope, address: null }, { credentialId }) : added;
  if (!promoted.ok) throw new Error(promoted.error.message);
}

/** The secret before the current one verifies nothing any more. */
export async function retireByForce(scope: Scope, credentialId: string): Promise<void> {
  const credential = await openCredentialNow(credentialId);
  const previous = credential && previousOf(credential);
  const fingerprint = previous ? marksOf(previous.secret).fingerprint : "";
  const retired = await forceRetireSecret({ scope, address: null }, { credentialId, fingerprint });
  if (!retired.ok) throw new Error(retired.error.message);
}
