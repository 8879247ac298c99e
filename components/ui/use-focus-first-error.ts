"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * Puts the focus on the first bad field whenever the answer of an action says that fields are bad.
 *
 * @param state  the form's state; each new answer is a new object
 * @returns      the ref for the form
 */
export function useFocusFirstError(state: { status: string }): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status !== "invalid") return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  return form;
}
