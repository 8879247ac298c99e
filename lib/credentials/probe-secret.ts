import type { CallRow } from "@/db/commands/evidence";
import { newMchOrderNo } from "@/lib/domain/ids";
import type { ProbeOutcome } from "@/lib/domain/rotation";
import { describeFailure } from "@/lib/gateway/failures";
import { keyVerdictOf } from "@/lib/gateway/key-verdict";
import { explainMessage } from "@/lib/gateway/messages";
import { callRowOf } from "@/lib/payments/call-row";
import { askWithKey } from "./ask-with-key";
import type { OpenCredential, SecretVersion } from "./open-credential";

/** What the gateway made of a key, in a sentence too, and the call that shows it. */
export type Probed = { outcome: ProbeOutcome; said: string; call: CallRow };

/**
 * Asks the gateway, signed with one version of a secret, about an order number that was drawn a moment ago: a question
 * that changes nothing, and that no other version answers for.
 */
export async function probeSecret(credential: OpenCredential, key: SecretVersion): Promise<Probed> {
  const asked = await askWithKey(credential, key, (gateway) => gateway.queryPayment({ mchOrderNo: newMchOrderNo() }));
  const outcome = keyVerdictOf(asked.result);
  const said = asked.result.ok ? "" : describeFailure(asked.result.error);
  return {
    outcome,
    said: sentence(outcome, { version: key.version, said, msg: asked.record.msg }),
    call: callRowOf(credential, asked),
  };
}

function sentence(
  outcome: ProbeOutcome,
  { version, said, msg }: { version: number; said: string; msg: string | null },
) {
  switch (outcome) {
    case "taken":
      return `The gateway takes key ${version}.`;
    case "refused": {
      const english = explainMessage(msg ?? "")?.english;
      return `The gateway does not take key ${version} yet: it answered “${msg}”${english ? ` (${english.toLowerCase()})` : ""}.`;
    }
    case "unclear":
      return `${said} That says nothing about key ${version}.`;
  }
}
