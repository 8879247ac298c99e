import { err, ok, type Result } from "@/lib/domain/result";
import { addressBelow } from "./base-url";
import { type CallRecord, type RequestEncoding, recordOf, recordOfUnsent } from "./call-record";
import { type Caller, callerFrom, type GatewaySettings, judge, withMaskedText } from "./caller";
import type { GatewayFailure } from "./failures";
import type { WireFields } from "./fields";
import { maskerFor } from "./masking";
import { explainSignature } from "./signature";
import { post } from "./transport";
import type { FieldProblem } from "./wire/field-rules";
import { checkHoldCall, type HoldCall, type HoldOperationName } from "./wire/hold-call";
import { type CancelAnswer, type CloseAnswer, type PaymentAnswer, readPaymentAnswer } from "./wire/payment-answer";
import { type RefundAnswer, readRefundAnswer } from "./wire/refund-answer";
import {
  type CancelRequest,
  checkRequest,
  type Operation,
  operationPaths,
  type PaymentReference,
  type PaymentRequest,
  type RefundReference,
  type RefundRequest,
} from "./wire/requests";

export type { GatewaySettings } from "./caller";

/** What came of a call, and the copy of it that may be kept and shown. */
export type Call<Answer> = { readonly result: Result<Answer, GatewayFailure>; readonly record: CallRecord };

/** Nothing here is repeated by itself: what may be sent again is told by the failure's `next`. */
export type GatewayClient = {
  createPayment(request: PaymentRequest): Promise<Call<PaymentAnswer>>;
  queryPayment(reference: PaymentReference): Promise<Call<PaymentAnswer>>;
  closePayment(reference: PaymentReference): Promise<Call<CloseAnswer>>;
  cancelPayment(request: CancelRequest): Promise<Call<CancelAnswer>>;
  refundPayment(request: RefundRequest): Promise<Call<RefundAnswer>>;
  queryRefund(reference: RefundReference): Promise<Call<RefundAnswer>>;
  /** Completes or releases a hold in the words of this gateway. Its answer is not published and is read like a payment. */
  actOnHold(operation: HoldOperationName, call: HoldCall): Promise<Call<PaymentAnswer>>;
};

/**
 * A client for one credential. Every call is one signed POST; its outcome is a value and never an exception.
 *
 * @throws RangeError for settings that `checkBaseUrl` or the protocol refuses, and for an empty secret
 */
export function createGatewayClient(settings: GatewaySettings): GatewayClient {
  const caller = callerFrom(settings);
  return {
    createPayment: (request) => call(caller, published("unifiedOrder", request), readPaymentAnswer),
    queryPayment: (reference) => call(caller, published("query", reference), readPaymentAnswer),
    closePayment: (reference) => call(caller, published("close", reference), readPaymentAnswer),
    cancelPayment: (request) => call(caller, published("cancel", request), readPaymentAnswer),
    refundPayment: (request) => call(caller, published("refundOrder", request), readRefundAnswer),
    queryRefund: (reference) => call(caller, published("refundQuery", reference), readRefundAnswer),
    actOnHold: (operation, { path, fields }) => {
      const problems = checkHoldCall(operation, { path, fields });
      const asked = { operation, path: problems.length > 0 ? "" : path, request: fields, problems };
      return call(caller, asked, readPaymentAnswer);
    },
  };
}

/** What is to be sent and where, judged: with problems nothing is. */
type Asked = {
  readonly operation: Operation | HoldOperationName;
  readonly path: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
};

function published(operation: Operation, request: Readonly<Record<string, unknown>>): Asked {
  return { operation, path: operationPaths[operation], request, problems: checkRequest(operation, request) };
}

async function call<Answer>(
  caller: Caller,
  { operation, path, request, problems }: Asked,
  read: (fields: WireFields) => Answer,
): Promise<Call<Answer>> {
  const url = addressBelow(caller.baseUrl, path);
  const startedAt = caller.now();
  const fields: FlatFields = {
    ...filled(request),
    ...caller.sender,
    reqTime: startedAt.getTime(),
    version: "1.0",
    signType: "MD5",
  };
  const mask = maskerFor(fields["channelExtra"], caller.secret.reveal());
  const sending = { operation, url: url.href, encoding: caller.encoding, startedAt, fields, mask };
  if (problems.length > 0) {
    return { result: err({ kind: "invalid-request", next: "stop", problems }), record: recordOfUnsent(sending) };
  }
  const explained = explainSignature(fields, caller.secret);
  const startedMs = performance.now();
  const { posted, timings } = await post({
    url,
    ...encoded({ ...fields, sign: explained.sign }, caller.encoding),
    timeoutMs: caller.timeoutMs,
    maxAnswerBytes: caller.maxAnswerBytes,
  });
  const durationMs = Math.round(performance.now() - startedMs);
  const judged = judge(posted, caller);
  const record = recordOf({ ...sending, explained, posted, judged, durationMs, timings });
  return {
    result: judged.data.ok ? ok(read(judged.data.value)) : err(withMaskedText(judged.data.error, mask)),
    record,
  };
}

type FlatFields = { readonly [name: string]: string | number };

/** What takes part in a message: the one map that is signed and sent. */
function filled(request: Readonly<Record<string, unknown>>): FlatFields {
  const present = Object.entries(request).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === "number" || (typeof entry[1] === "string" && entry[1] !== ""),
  );
  return Object.fromEntries(present);
}

function encoded(fields: FlatFields, encoding: RequestEncoding): { contentType: string; body: string } {
  if (encoding === "json") return { contentType: "application/json;charset=UTF-8", body: JSON.stringify(fields) };
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    contentType: "application/x-www-form-urlencoded;charset=UTF-8",
    body: new URLSearchParams(pairs).toString(),
  };
}
