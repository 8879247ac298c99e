import { z } from "zod";

/** The two worlds of a gateway. Merchant numbers, applications and secrets of the two have nothing in common. */
export const Environment = z.enum(["test", "production"]);
export type Environment = z.infer<typeof Environment>;

export function otherEnvironment(environment: Environment): Environment {
  return environment === "test" ? "production" : "test";
}
