import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { type Tone, toneText, toneWash } from "./tone";

/** A tinted word inside running text or a heading. In tables a state is text, not a tag. */
export function Tag({ tone = "closed", icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 items-center gap-[5px] rounded-1 px-1.5 text-12 font-medium whitespace-nowrap [&_.lucide]:size-[13px]",
        toneText[tone],
        toneWash[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}
