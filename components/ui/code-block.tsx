import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { type Tone, toneText } from "./tone";

type CodeBlockProps = {
  /** What the text is, for those who reach it by keyboard. */
  label: string;
  children: ReactNode;
  /** Breaks long lines instead of scrolling sideways. */
  wrap?: boolean | undefined;
};

/** Evidence, word for word. The only thing that may scroll sideways, so it can be reached and scrolled by keys. */
export function CodeBlock({ label, children, wrap = false }: CodeBlockProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-128 overflow-auto rounded-2 bg-sunk px-4 py-3"
    >
      <pre
        className={classNames("mono text-12 leading-[1.65]", wrap && "whitespace-pre-wrap [overflow-wrap:anywhere]")}
      >
        {children}
      </pre>
    </section>
  );
}

/** Stands where a key was hashed. The key itself never reaches the browser. */
export function HiddenKey({ label = "key" }: { label?: string }) {
  return (
    <>
      <span aria-hidden="true" className="rounded-1 bg-ink-3 px-0.5 text-ink-3 select-none">
        ████████
      </span>
      <span className="font-sans text-12 text-ink-3"> {label} hidden</span>
    </>
  );
}

/** A digest in groups of four. */
export function Digest({ value, tone }: { value: string; tone?: Tone }) {
  const groups = value.match(/.{1,4}/g) ?? [];
  return (
    <span
      className={classNames("mono inline-flex flex-wrap gap-x-[0.6ch] text-12 font-medium", tone && toneText[tone])}
    >
      <span className="sr-only">{value}</span>
      {groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups are told apart by their place only
        <span key={index} aria-hidden="true">
          {group}
        </span>
      ))}
    </span>
  );
}
