"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { classNames } from "./class-names";

type Props = {
  value: string;
  /** What is copied, for those who do not see the icon: "Copy order number". */
  label: string;
  /** With words it is drawn as a button, without as a small icon. */
  children?: ReactNode;
  className?: string | undefined;
};

// Nobody wants to hear a whole program.
const longestSpoken = 200;

/** Turns into "Copied" for a moment and says so politely. Hidden where scripts are off, as it could do nothing. */
export function CopyButton({ value, label, children, className }: Props) {
  const [said, setSaid] = useState<"" | "Copied" | "Not copied">("");

  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), 1500);
    return () => clearTimeout(timer);
  }, [said]);

  const look = children ? "btn" : "copy-icon";
  return (
    <button
      type="button"
      data-copy
      aria-label={children ? undefined : `Copy ${label}`}
      onClick={() => copyText(value).then((done) => setSaid(done ? "Copied" : "Not copied"))}
      className={classNames("noscript:hidden", look, said !== "" && "is-said", className)}
    >
      {said === "Copied" ? <Check /> : <Copy />}
      {said === "" ? children : said}
      <span className="sr-only" aria-live="polite">
        {said === "" ? "" : `${said}: ${value.length > longestSpoken ? label : value}`}
      </span>
    </button>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard needs HTTPS or a loopback address; an old copy command works on any.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "sr-only";
  const host = document.activeElement?.closest("dialog") ?? document.body;
  const before = document.activeElement;
  host.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
