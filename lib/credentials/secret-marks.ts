import { createHash } from "node:crypto";
import type { Secret } from "@/lib/domain/secret";

/** What may be seen of a secret: enough to compare two of them, too little to find one. */
export type SecretMarks = { fingerprint: string; lastFour: string; length: number };

/** Of a short secret even four characters are too many to show. */
const shortestToShow = 24;

export function marksOf(secret: Secret): SecretMarks {
  const text = secret.reveal();
  return {
    fingerprint: createHash("sha256").update(text, "utf8").digest("hex").slice(0, 8),
    lastFour: text.length < shortestToShow ? "" : text.slice(-4),
    length: text.length,
  };
}
