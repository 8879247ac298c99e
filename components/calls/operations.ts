/** What we ask a gateway to do, by the protocol's own name, and what that is. */
export const operations: readonly { name: string; path: string; label: string }[] = [
  { name: "unifiedOrder", path: "pay/unifiedOrder", label: "Create an order" },
  { name: "query", path: "pay/query", label: "Ask about an order" },
  { name: "close", path: "pay/close", label: "Close an order" },
  { name: "cancel", path: "pay/cancel", label: "Cancel a payment" },
  { name: "refundOrder", path: "refund/refundOrder", label: "Refund" },
  { name: "refundQuery", path: "refund/query", label: "Ask about a refund" },
  { name: "transferOrder", path: "transferOrder", label: "Transfer" },
  { name: "transferQuery", path: "transfer/query", label: "Ask about a transfer" },
  { name: "divisionBind", path: "division/receiver/bind", label: "Bind a receiver" },
  { name: "divisionExec", path: "division/exec", label: "Divide a payment" },
  // Their paths are not published: each call names its own.
  { name: "holdComplete", path: "completion of a hold", label: "Complete a hold" },
  { name: "holdRelease", path: "release of a hold", label: "Release a hold" },
];

/** An operation we have no words for is shown by its name. */
export function operationOf(name: string): { name: string; path: string; label: string } {
  return operations.find((operation) => operation.name === name) ?? { name, path: name, label: name };
}
