import type { Diagnosis } from "@/lib/debugger/diagnose";
import type { SealedDiagnosis } from "@/lib/debugger/sealed-diagnosis";
import type { StoredAnswer } from "@/lib/signature-cases/search-stored";

/** What came out of a search, and with which secret. */
export type Verdict = {
  diagnosis: Diagnosis | SealedDiagnosis;
  receivedSign: string;
  tookMs: number;
  /** `null`: the secret was typed and stays in this browser. */
  stored: Omit<StoredAnswer, "diagnosis"> | null;
};
