import { announceChange } from "@/db/announce";
import { inSqlTransaction, sqlClient } from "@/db/client";
import { type PaymentForActing, readPaymentForActing } from "@/db/commands/payments";
import {
  decideRefundRequest,
  editRefundRequest,
  type RefundRequestForActing,
  readRefundRequest,
} from "@/db/commands/refund-control";
import { type ReservedRefund, readRefundForActing, reserveRefund, seeingTheFasterClick } from "@/db/commands/refunds";
import { readRefundRules } from "@/db/queries/refund-rules";
import { openCredential } from "@/lib/credentials/open-credential";
import { newId, RefundId, type RefundRequestId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { Role, roleMay } from "@/lib/domain/roles";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { whyNotReserved } from "./create-refund";
import { type CreateRefundInput, validRefund } from "./refund-input";
import { sendRefund } from "./send-refund";

/** Which request, as it was seen. An edit in between makes the decision void. */
type SeenRequest = { requestId: RefundRequestId; revision: number };

/**
 * A second person lets a refund go. Rights are read now: the approver's, and the maker's, who may have lost them since.
 * The approval and the reservation happen together or not at all.
 */
export async function approveRefund(scope: Scope, seen: SeenRequest): Promise<Result<RefundId, Problem>> {
  const refusal = refusalFor(scope, "refunds:approve");
  if (refusal) return err(refusal);
  const found = await open(scope, seen);
  if (!found.ok) return found;
  const { request, payment } = found.value;
  const { personId } = scope.viewer;
  if (request.requestedBy === personId) {
    return err(problem("own-request", "Nobody approves their own refund. Another person with the right can."));
  }
  const makerRole = Role.safeParse(request.maker.role);
  if (!request.maker.isActive || !makerRole.success || !roleMay(makerRole.data, "refunds:create")) {
    return err(
      problem("maker-lost-right", `${request.maker.name} may not refund any more. Decline it, or make it yourself.`),
    );
  }
  const rules = await readRefundRules(scope.environment);
  const refundId = newId(RefundId);
  const { merchantId } = request;
  const reserve = async (sql: Parameters<typeof reserveRefund>[0]): Promise<ReservedRefund["outcome"]> => {
    const intent = {
      id: refundId,
      paymentId: request.paymentId,
      mchRefundNo: request.mchRefundNo,
      amount: request.amount,
      reason: request.reason,
      note: request.note,
      holdSeconds: rules.holdSeconds,
      origin: "console" as const,
      approvedBy: personId,
    };
    const reserved = await reserveRefund(sql, merchantId, intent, request.requestedBy);
    if (reserved.outcome !== "reserved") return reserved.outcome;
    const decision = { merchantId, id: request.id, revision: seen.revision, personId, note: null, refundId };
    if (await decideRefundRequest(sql, { ...decision, to: "approved" })) return "reserved";
    throw new Changed();
  };
  const outcome = await seeingTheFasterClick(() => inSqlTransaction(reserve)).catch((error: unknown) => {
    if (error instanceof Changed) return "changed" as const;
    throw error;
  });
  if (outcome === "changed") return err(changed());
  if (outcome === "repeated") return err(problem("number-taken", "This refund was made already."));
  if (outcome !== "reserved") return err(await whyNotReserved(scope, payment, outcome));

  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId: payment.id });
  const credential = await openCredential(payment.credentialId);
  const refund = await readRefundForActing(sqlClient(), [merchantId], refundId);
  if (rules.holdSeconds === 0 && credential && refund) await sendRefund(credential, refund, personId);
  return ok(refundId);
}

/** A second person says no; or the maker takes it back. */
export async function endRequest(
  scope: Scope,
  seen: SeenRequest,
  { to, note }: { to: "declined" | "withdrawn"; note: string | null },
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, to === "declined" ? "refunds:approve" : "refunds:create");
  if (refusal) return err(refusal);
  const found = await open(scope, seen);
  if (!found.ok) return found;
  const { merchantId, id, paymentId, requestedBy } = found.value.request;
  const { personId } = scope.viewer;
  if (to === "withdrawn" && requestedBy !== personId) {
    return err(problem("not-yours", "Only its maker takes a request back. You can decline it."));
  }
  const decision = { merchantId, id, revision: seen.revision, personId, to, note, refundId: null };
  if (!(await decideRefundRequest(sqlClient(), decision))) return err(changed());
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId });
  return ok({ news: to === "declined" ? "Declined. Nothing was sent." : "Taken back. Nothing was sent." });
}

/** The maker changes an open request; an approval that looked at the old one no longer counts. */
export async function editRequest(
  scope: Scope,
  seen: SeenRequest,
  input: Pick<CreateRefundInput, "amount" | "reason" | "note" | "secondLook">,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(scope, "refunds:create");
  if (refusal) return err(refusal);
  const found = await open(scope, seen);
  if (!found.ok) return found;
  const { request, payment } = found.value;
  const credential = await openCredential(payment.credentialId);
  if (!credential) return err(problem("not-found", "The credential of this payment is gone."));
  const valid = validRefund({ ...input, mchRefundNo: request.mchRefundNo }, payment, credential);
  if (!valid.ok) return valid;
  const { merchantId, id } = request;
  const key = { merchantId, id, personId: scope.viewer.personId, revision: seen.revision };
  const isEdited = await editRefundRequest(sqlClient(), key, valid.value);
  if (!isEdited) return err(changed());
  announceChange(sqlClient(), { environment: scope.environment, merchantId, paymentId: payment.id });
  return ok({ news: "Changed. It needs a second person's look as it is now." });
}

type Found = { request: RefundRequestForActing; payment: PaymentForActing };

async function open(scope: Scope, seen: SeenRequest): Promise<Result<Found, Problem>> {
  const request = await readRefundRequest(sqlClient(), merchantIdsOf(scope), seen.requestId);
  const payment = request && (await readPaymentForActing(sqlClient(), [request.merchantId], request.paymentId));
  if (!request || !payment) return err(problem("not-found", "There is no such request in this environment."));
  if (request.state !== "open") return err(problem("decided", `This request is ${request.state} already.`));
  return request.revision === seen.revision ? ok({ request, payment }) : err(changed());
}

function changed(): Problem {
  return problem("changed", "The request was changed or decided since you opened it. Look at it again.");
}

/** Takes the reservation back with the transaction. */
class Changed extends Error {}
