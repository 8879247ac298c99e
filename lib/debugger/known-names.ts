import { typedEndpoints } from "@/lib/gateway/typed-endpoints";

/**
 * Names that only the gateway writes: they tell its answers and notifications from requests.
 *
 * Source: gateway-protocol 3.1 to 3.7 and 6.3.
 */
export const answerNames: ReadonlySet<string> = new Set(
  "state orderState payData payDataType successTime createdAt channelOrderNo errCode errMsg payAmount".split(" "),
);

/** Every field name of the protocol, in any direction. */
export const knownNames: ReadonlySet<string> = new Set([
  ...answerNames,
  ...Object.values(typedEndpoints).flatMap((types) => Object.keys(types)),
]);

/** Fields that hold a sum in the smallest unit. */
export const amountNames: ReadonlySet<string> = new Set(["amount", "refundAmount", "payAmount"]);

/** Fields that hold an instant in milliseconds. */
export const timeNames: ReadonlySet<string> = new Set(["reqTime", "successTime", "createdAt"]);

/** What a person wrote: the fields in which an ampersand may have been lost on the way. */
export const freeTextNames: ReadonlySet<string> = new Set(["subject", "body", "extParam", "errMsg", "refundReason"]);
