import type { Verdict } from "@/lib/domain/verdict";

// Authentic and stored is all that the gateway asks. The rest it may send again: by then we may have asked it ourselves.
const accepted: readonly string[] = ["valid", "late", "contradiction", "unknown-order"] satisfies Verdict[];

/** The status and the exact body that a stored message is answered with. Only the body `success` stops the gateway. */
export function replyTo(verdict: string): { status: 200 | 400; reply: string } {
  return accepted.includes(verdict) ? { status: 200, reply: "success" } : { status: 400, reply: verdict };
}
