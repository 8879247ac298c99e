import type { ReactNode } from "react";
import { type MarkKind, ProofLabel } from "@/components/ui/mark";

export function ProofCell({ kind, children }: { kind: MarkKind; children: ReactNode }) {
  return (
    <span className="inline-flex text-12">
      <ProofLabel kind={kind}>{children}</ProofLabel>
    </span>
  );
}
