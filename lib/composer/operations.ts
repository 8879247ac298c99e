import type { Environment } from "@/lib/domain/environment";
import { type AskedEndpoint, endpointPaths, type MemberType, typedEndpoints } from "@/lib/gateway/typed-endpoints";

/** A field of an operation as a form shows it. */
export type ComposerField = { name: string; type: MemberType; isUsual: boolean };

export type ComposerOperation = { name: AskedEndpoint; path: string; fields: readonly ComposerField[] };

/** What the gateway asks for, and the numbers by which an order or refund is found; all else is seldom written. */
const usual: Readonly<Record<AskedEndpoint, readonly string[]>> = {
  unifiedOrder: ["mchOrderNo", "wayCode", "amount", "currency", "subject", "body"],
  query: ["mchOrderNo", "payOrderId"],
  close: ["mchOrderNo", "payOrderId"],
  cancel: ["mchOrderNo", "payOrderId"],
  refundOrder: ["mchOrderNo", "payOrderId", "mchRefundNo", "refundAmount", "currency", "refundReason"],
  refundQuery: ["mchRefundNo", "refundOrderId"],
  transferOrder: ["mchOrderNo", "ifCode", "entryType", "amount", "currency", "accountNo"],
  transferQuery: ["mchOrderNo", "transferId"],
  divisionBind: ["ifCode", "receiverAlias", "receiverGroupId", "accType", "accNo", "relationType", "divisionProfit"],
  divisionExec: ["mchOrderNo", "payOrderId", "useSysAutoDivisionReceivers", "receivers"],
};

/** What the server fills in for every request. */
export const filledIn: readonly string[] = ["mchNo", "appId", "reqTime", "version", "signType", "sign"];

/** Operations that ask and change nothing; production has no others here. */
const readOnly: ReadonlySet<AskedEndpoint> = new Set<AskedEndpoint>(["query", "refundQuery"]);

/** Every operation that may be composed in an environment, with its own fields. */
export function operationsFor(environment: Environment): ComposerOperation[] {
  return Object.keys(endpointPaths)
    .filter(isAsked)
    .filter((name) => environment === "test" || readOnly.has(name))
    .map((name) => ({ name, path: endpointPaths[name], fields: fieldsOf(name) }));
}

function isAsked(name: string): name is AskedEndpoint {
  return Object.hasOwn(endpointPaths, name);
}

function fieldsOf(operation: AskedEndpoint): ComposerField[] {
  return Object.entries(typedEndpoints[operation])
    .filter(([name]) => !filledIn.includes(name))
    .map(([name, type]) => ({ name, type, isUsual: usual[operation].includes(name) }));
}
