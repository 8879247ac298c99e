import type { Diagnosis } from "./diagnose";

/**
 * A diagnosis for somebody who may use a secret and not know it. The right signature is not in it: whoever gets that for
 * a message of their own making can sign with the secret.
 */
export type SealedDiagnosis = Omit<Diagnosis, "expected" | "gateway"> & {
  readonly expected: null;
  readonly gateway: { readonly expected: null; readonly accepts: boolean } | null;
};

export function sealed(diagnosis: Diagnosis): SealedDiagnosis {
  const { gateway } = diagnosis;
  return { ...diagnosis, expected: null, gateway: gateway && { expected: null, accepts: gateway.accepts } };
}
