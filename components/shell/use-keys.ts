"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";

type KeyActions = Record<string, (() => void) | undefined>;

const storageName = "countersign.keys";

/** Single keys can be switched off, since they get in the way of speech control. */
export function areKeysOn(): boolean {
  return window.localStorage.getItem(storageName) !== "off";
}

export function switchKeys(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(storageName);
  else window.localStorage.setItem(storageName, "off");
  tellWhetherKeysWork();
}

/** Says on the root element whether keys work now, for the caps that show them (globals.css). */
function tellWhetherKeysWork(): void {
  document.documentElement.dataset["keys"] = bound.length > 0 && areKeysOn() ? "on" : "off";
}

/**
 * Binds keys such as `r`, `?` or the sequence `g p` while the calling component is on the page.
 * They rest while somebody types, while a dialog is open and when they were switched off.
 *
 * Bound before the browser draws what came: a key that somebody sees already works.
 */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  useLayoutEffect(() => {
    if (bound.length === 0) document.addEventListener("keydown", onKeyDown);
    bound.unshift(latest);
    tellWhetherKeysWork();
    return () => {
      bound.splice(bound.indexOf(latest), 1);
      if (bound.length === 0) document.removeEventListener("keydown", onKeyDown);
      tellWhetherKeysWork();
    };
  }, []);
}

// One listener for all of them: the second key of a sequence must never act as a key of its own elsewhere.
const bound: RefObject<KeyActions>[] = [];
let begun: { keys: string; at: number } | null = null;

const sequenceMs = 1500;

function onKeyDown(event: KeyboardEvent): void {
  if (!isForUs(event)) return;
  const prefix = begun !== null && event.timeStamp - begun.at < sequenceMs ? `${begun.keys} ` : "";
  const keys = prefix + event.key;
  const maps = bound.map(({ current }) => current);
  const begins = maps.some((map) => Object.keys(map).some((known) => known.startsWith(`${keys} `)));
  begun = begins ? { keys, at: event.timeStamp } : null;
  if (begins) return;
  const act = maps.find((map) => map[keys])?.[keys];
  if (!act) return;
  event.preventDefault();
  act();
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target;
  if (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]")) return false;
  if (document.querySelector("dialog[open]")) return false;
  return areKeysOn();
}
