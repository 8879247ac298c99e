import { z } from "zod";
import { MchOrderNo, MchRefundNo } from "@/lib/domain/ids";
import { Currency, MinorUnits } from "@/lib/domain/money";
import { endpointPaths } from "../typed-endpoints";
import {
  channelExtra,
  codeText,
  type FieldProblem,
  freeText,
  ipv4,
  notifyAddress,
  required,
  shortText,
  webAddress,
  wholeNumber,
} from "./field-rules";

/** What a merchant can ask of the gateway; the names are those of the protocol's paths. */
export type Operation = "unifiedOrder" | "query" | "close" | "cancel" | "refundOrder" | "refundQuery";

export const operationPaths: Readonly<Record<Operation, string>> = endpointPaths;

const amount = MinorUnits;
const thirtyDays = 30 * 24 * 3600;

/** gateway-protocol 3.1.1, without the envelope. Lengths in characters; `extParam` by the narrower column of the server. */
export const PaymentRequest = z.strictObject({
  mchOrderNo: MchOrderNo,
  wayCode: codeText(30),
  amount,
  currency: Currency,
  subject: freeText(64),
  body: freeText(256),
  clientIp: ipv4.optional(),
  notifyUrl: notifyAddress(256).optional(),
  returnUrl: webAddress(256).optional(),
  expiredTime: wholeNumber(1, thirtyDays, "Whole seconds, from 1 to 2592000 (30 days).").optional(),
  channelExtra: channelExtra.optional(),
  divisionMode: wholeNumber(0, 2, "0, 1 or 2.").optional(),
  extParam: freeText(128).optional(),
});
export type PaymentRequest = z.infer<typeof PaymentRequest>;

const payOrderId = codeText(64);
// Orders made elsewhere may carry numbers that this console would not mint; the server's column holds 64.
const foreignNumber = shortText(64);

const oneNumberMissing = "Give the gateway's number or our own.";

/** Query and close, gateway-protocol 3.3.1 and 3.4. Where both numbers are given the gateway looks at `payOrderId`. */
export const PaymentReference = z
  .strictObject({ payOrderId: payOrderId.optional(), mchOrderNo: foreignNumber.optional() })
  .refine((given) => given.payOrderId !== undefined || given.mchOrderNo !== undefined, {
    error: oneNumberMissing,
    path: ["mchOrderNo"],
  });
export type PaymentReference = z.infer<typeof PaymentReference>;

/** gateway-protocol 3.5: the whole order, on the day it was paid. */
export const CancelRequest = z
  .strictObject({
    payOrderId: payOrderId.optional(),
    mchOrderNo: foreignNumber.optional(),
    clientIp: ipv4.optional(),
    notifyUrl: notifyAddress(128).optional(),
    channelExtra: channelExtra.optional(),
    extParam: freeText(128).optional(),
  })
  .refine((given) => given.payOrderId !== undefined || given.mchOrderNo !== undefined, {
    error: oneNumberMissing,
    path: ["mchOrderNo"],
  });
export type CancelRequest = z.infer<typeof CancelRequest>;

/** gateway-protocol 3.6.1. `mchRefundNo` is the same for every retry of one refund. */
export const RefundRequest = z
  .strictObject({
    payOrderId: payOrderId.optional(),
    mchOrderNo: foreignNumber.optional(),
    mchRefundNo: MchRefundNo,
    refundAmount: amount,
    currency: Currency,
    refundReason: freeText(64),
    clientIp: ipv4.optional(),
    notifyUrl: notifyAddress(128).optional(),
    channelExtra: channelExtra.optional(),
    extParam: freeText(64).optional(),
  })
  .refine((given) => given.payOrderId !== undefined || given.mchOrderNo !== undefined, {
    error: oneNumberMissing,
    path: ["mchOrderNo"],
  });
export type RefundRequest = z.infer<typeof RefundRequest>;

/** gateway-protocol 3.7. Where both numbers are given the gateway looks at `refundOrderId`. */
export const RefundReference = z
  .strictObject({ refundOrderId: codeText(64).optional(), mchRefundNo: foreignNumber.optional() })
  .refine((given) => given.refundOrderId !== undefined || given.mchRefundNo !== undefined, {
    error: oneNumberMissing,
    path: ["mchRefundNo"],
  });
export type RefundReference = z.infer<typeof RefundReference>;

/** gateway-protocol 1.5: what every request says about its sender. */
export const Sender = z.strictObject({ mchNo: codeText(30), appId: codeText(24) });
export type Sender = z.infer<typeof Sender>;

const schemas = {
  unifiedOrder: PaymentRequest,
  query: PaymentReference,
  close: PaymentReference,
  cancel: CancelRequest,
  refundOrder: RefundRequest,
  refundQuery: RefundReference,
} as const satisfies Record<Operation, z.ZodType>;

/**
 * Everything that the protocol or our own caution forbids in an operation's fields, envelope not included. Null,
 * `undefined` and "" count as absent, as they do on the wire. An empty list means: it may be sent.
 */
export function checkRequest(operation: Operation, fields: Readonly<Record<string, unknown>>): FieldProblem[] {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const checked = schemas[operation].safeParse(Object.fromEntries(present));
  if (checked.success) return [];
  return checked.error.issues.flatMap((issue): FieldProblem[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((field) => ({ field, message: "The protocol has no such field in this operation." }));
    }
    const field = String(issue.path[0] ?? "");
    const isAbsent = !present.some(([name]) => name === field);
    return [{ field, message: isAbsent ? absentMessage(issue.message) : messageOf(field, issue) }];
  });
}

function absentMessage(message: string): string {
  return message === oneNumberMissing ? message : required({ input: undefined });
}

// Rules that live in the domain have no words for a form.
function messageOf(field: string, issue: z.core.$ZodIssue): string {
  if (field === "amount" || field === "refundAmount") return "A whole number of minor units, 1 or more.";
  if (field === "currency") return "Three capital letters, such as HKD.";
  const isNumberOfOurs = field === "mchOrderNo" || field === "mchRefundNo";
  if (isNumberOfOurs && issue.code === "invalid_format") return "1 to 30 letters, digits, - or _.";
  return issue.message;
}
