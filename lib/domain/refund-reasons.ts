/** Why money goes back. `other` needs a note. The label is what the gateway and the payer may see. */
export const refundReasons = [
  { code: "customer-return", label: "Goods returned" },
  { code: "not-delivered", label: "Goods not delivered" },
  { code: "service-incomplete", label: "Service not complete" },
  { code: "overcharged", label: "Customer was overcharged" },
  { code: "duplicate", label: "Paid twice" },
  { code: "goodwill", label: "Goodwill" },
  { code: "other", label: "Other" },
] as const;

export function refundReasonLabel(code: string): string {
  return refundReasons.find((reason) => reason.code === code)?.label ?? code;
}
