import { sqlClient } from "@/db/client";
import { keepCall } from "@/db/commands/kept-calls";
import { type CallDetails, findCall } from "@/db/queries/call-page";
import { findCredential } from "@/db/queries/credentials";
import { sendWithKey } from "@/lib/credentials/ask-with-key";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import { GatewayCallId, newId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { sendWritten } from "@/lib/gateway/written-request";
import { callRowOf } from "@/lib/payments/call-row";
import { type CallExplanation, explainCall } from "@/lib/payments/explain-call";
import { type ComposerOperation, operationsFor } from "./operations";
import { noteSending } from "./send-limits";
import { type Composition, writeRequest } from "./write-request";

export type ToSend = { operation: string; credentialId: string; composition: Composition };

/** A composed request and its answer, as every page shows the call that it was. */
export type SentComposed = { call: CallDetails; explanation: CallExplanation; sendingsLeft: number };

/**
 * Sends what somebody wrote, once, and keeps it as a call of that person. It is about none of our payments and refunds:
 * whatever it does at the gateway changes nothing here until somebody asks, adopts, or the gateway tells us.
 */
export async function sendComposed(
  scope: Scope,
  { operation: asked, credentialId, composition }: ToSend,
  address: string | null,
): Promise<Result<SentComposed, Problem>> {
  const refusal = refusalFor(scope, "composer:use");
  if (refusal) return err(refusal);
  const { environment, viewer } = scope;
  const operation = operationsFor(environment).find(({ name }) => name === asked);
  const forbidden = operation ? whyNot(scope, operation, composition) : onlyReads;
  if (!operation || forbidden) return err(forbidden ?? onlyReads);
  const credential = await usable(scope, credentialId);
  if (!credential) return err(noCredential);
  const written = writeRequest(operation, composition, { signer: credential, now: new Date() });
  if (!written.ok) return written;
  const { request, sentBody } = written.value;
  if (request.body.length > longestBody) return err(tooLong);

  const callId = newId(GatewayCallId);
  const noted = await noteSending({
    ...{ personId: viewer.personId, environment, credentialId: credential.id, callId, address },
    ...{ operation: operation.name, written: composition.by },
  });
  if (!noted.ok) return noted;
  const sent = await sendWithKey(credential, credential.current, (settings) => sendWritten(settings, request));
  const row = { ...callRowOf(credential, sent), id: callId, composedBy: viewer.personId, sentBody };
  const aboutNothingOfOurs = { paymentId: null, refundId: null, actor: viewer.personId };
  await keepCall(sqlClient(), credential.merchantId, row, aboutNothingOfOurs);
  const call = await findCall(scope, callId);
  if (!call) throw new Error("a composed call was kept and is not there");
  return ok({ call, explanation: explainCall(call), sendingsLeft: noted.value.left });
}

// Far more than any request of the protocol.
const longestBody = 65_536;
const tooLong = problem("too-long", "Nothing was sent. A composed request has at most 65,536 characters.");

const onlyReads = problem(
  "operation-not-offered",
  "Nothing was sent. In production only questions about orders and refunds can be composed.",
);
const noCredential = problem(
  "no-credential",
  "Nothing was sent. Choose a credential of this environment that is in use.",
  {
    credentialId: ["Choose a credential of this environment that is in use."],
  },
);

/**
 * In production nobody writes text of his own that is signed: only the numbers of an order or refund, and in them nothing
 * that could pass for another field.
 */
function whyNot({ environment }: Scope, { fields }: ComposerOperation, composition: Composition): Problem | null {
  if (environment === "test") return null;
  if (composition.by !== "fields") {
    return problem(
      "fields-only",
      "Nothing was sent. In production a request is written in fields and signed by the server.",
    );
  }
  const { values } = composition;
  const given = fields.filter(({ name }) => (values[name] ?? "") !== "");
  const first = fields[0]?.name ?? "";
  if (given.length === 0) return atField(first, "Give one of the two numbers.");
  const odd = given.find(({ name }) => !plainNumber.test(values[name] ?? ""));
  return odd ? atField(odd.name, "In production a number has at most 64 letters, digits and - _ . : / only.") : null;
}

const plainNumber = /^[A-Za-z0-9_.:/-]{1,64}$/;

function atField(name: string, message: string): Problem {
  return problem("wrong-number", `Nothing was sent. ${message}`, { [`f.${name}`]: [message] });
}

async function usable(scope: Scope, credentialId: string): Promise<OpenCredential | null> {
  const listed = await findCredential(scope, credentialId);
  return listed?.isActive ? openCredential(listed.id) : null;
}
