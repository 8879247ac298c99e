"use client";

import { Keyboard } from "lucide-react";
import { openKeysEvent } from "./keyboard-layer";

export function ShowKeysButton() {
  return (
    <button
      type="button"
      className="btn w-full noscript:hidden max-desk:hidden"
      popoverTarget="person-menu"
      popoverTargetAction="hide"
      onClick={() => document.dispatchEvent(new Event(openKeysEvent))}
    >
      <Keyboard />
      Keyboard
    </button>
  );
}
