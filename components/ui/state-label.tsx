import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { type Tone, toneText } from "./tone";

type StateLabelProps = {
  tone: Tone;
  icon: ReactNode;
  /** The word. Icon and colour never stand without it. */
  children: ReactNode;
  /** A few quiet words more, such as "expires in 4:39". */
  note?: ReactNode;
  size?: "inline" | "heading" | undefined;
};

export function StateLabel({ tone, icon, children, note, size = "inline" }: StateLabelProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-[9px]">
      <span
        className={classNames(
          "inline-flex items-center gap-[7px] font-medium [&_.lucide]:size-[15px]",
          size === "heading" && "text-16",
          toneText[tone],
        )}
      >
        {icon}
        {children}
      </span>
      {note ? <small className="state-note text-12 text-ink-3">{note}</small> : null}
    </span>
  );
}
