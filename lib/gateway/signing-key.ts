import type { Secret } from "@/lib/domain/secret";

/** The secret as it is hashed. Throws a RangeError for an empty one: nothing signed with it would prove anything. */
export function signingKey(secret: string | Secret): string {
  const key = revealedKey(secret);
  if (key === "") throw new RangeError("A message cannot be signed with an empty secret.");
  return key;
}

/** The same for one that may be missing: the empty text. */
export function revealedKey(secret: string | Secret): string {
  return typeof secret === "string" ? secret : secret.reveal();
}
