import type { Role } from "@/lib/domain/roles";

/** What each role may do, for whoever gives it to somebody. */
export const roleTiles: readonly { value: Role; title: string; note: string }[] = [
  { value: "support", title: "Support", note: "reads everything, asks the gateway" },
  { value: "operator", title: "Operator", note: "also creates, closes, cancels, refunds" },
  { value: "admin", title: "Admin", note: "also credentials and people" },
];
