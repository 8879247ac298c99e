import { digits } from "./seed";

/** `P` or `R` and 19 digits, as the gateway numbers its payments and refunds. */
export function newGatewayId(letter: "P" | "R", now: number, taken: ReadonlyMap<string, unknown>): string {
  const id = `${letter}${String(now).padStart(13, "0").slice(-13)}${digits(6)}`;
  return taken.has(id) ? newGatewayId(letter, now, taken) : id;
}
