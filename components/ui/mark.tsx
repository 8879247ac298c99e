import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { type Tone, toneText } from "./tone";

export type MarkKind = "proof" | "claim";

/** The countersign mark: one stroke is a claim, two strokes are proof. Only drawn; the words beside it say the same. */
function Mark({ kind, className }: { kind: MarkKind; className?: string }) {
  const second = kind === "proof" ? {} : { strokeOpacity: 0.45, strokeDasharray: "1.5 2.4", strokeWidth: 1.3 };
  return (
    <svg
      viewBox="0 0 11 12"
      aria-hidden="true"
      className={classNames("inline-block h-3 w-[11px] flex-none", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="square"
    >
      <path d="M1.2 11 4.6 1" />
      <path d="M6.2 11 9.6 1" {...second} />
    </svg>
  );
}

type ProofLabelProps = { kind: MarkKind; tone?: Tone | undefined; children: ReactNode };

/** Two strokes only where there is stored evidence: the sentence beside them links to it. */
export function ProofLabel({ kind, tone, children }: ProofLabelProps) {
  return (
    <span className={classNames("inline-flex items-center gap-1.5", tone ? toneText[tone] : "text-ink-2")}>
      <Mark kind={kind} />
      {children}
    </span>
  );
}

/** The product's own sign: the same two strokes. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 18 18"
      aria-hidden="true"
      className={classNames("flex-none text-sign", className ?? "size-[18px]")}
    >
      <path d="M2.5 16.5 8 1.5M9.5 16.5 15 1.5" stroke="currentColor" strokeWidth="2.6" fill="none" />
    </svg>
  );
}
