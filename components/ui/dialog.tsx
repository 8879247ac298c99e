"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Environment } from "@/lib/domain/environment";
import { EnvironmentBand } from "./environment-band";

type Props = {
  open: boolean;
  onClose: () => void;
  /** For a confirmation: the act as a question, with sum and order. */
  title: ReactNode;
  /** Given when the act moves money or changes keys. */
  environment?: Environment | undefined;
  children?: ReactNode;
  footer?: ReactNode;
};

/** The browser's own modal: it keeps the focus, closes with Escape and comes from the bottom on a phone. */
export function Dialog({ open, onClose, title, environment, children, footer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby={headingId} onClose={onClose}>
      {environment ? <EnvironmentBand environment={environment} /> : null}
      <div className="px-6 py-5 max-desk:px-4">
        <h2 id={headingId} className="mb-3.5 text-20 leading-tight font-medium tracking-[-0.025em]">
          {title}
        </h2>
        {children}
      </div>
      {footer ? (
        <div className="flex flex-wrap justify-end gap-2 px-6 pt-3 pb-5 max-desk:px-4 max-desk:[&>*]:flex-1">
          {footer}
        </div>
      ) : null}
    </dialog>
  );
}
