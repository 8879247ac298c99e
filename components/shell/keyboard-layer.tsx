"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { Environment } from "@/lib/domain/environment";
import { areKeysOn, switchKeys, useKeys } from "./use-keys";

export const openKeysEvent = "countersign:keys";

type KeyRow = { does: string; keys: readonly string[] };

const groups: readonly { title: string; rows: readonly KeyRow[] }[] = [
  {
    title: "Go to",
    rows: [
      { does: "Payments", keys: ["g", "p"] },
      { does: "Refunds", keys: ["g", "r"] },
      { does: "Notifications", keys: ["g", "n"] },
      { does: "New payment", keys: ["n"] },
    ],
  },
  {
    title: "Lists",
    rows: [
      { does: "Move", keys: ["j", "k"] },
      { does: "Open", keys: ["Enter"] },
      { does: "Choose the row", keys: ["x"] },
      { does: "Filter", keys: ["f"] },
      { does: "Show new rows", keys: ["."] },
    ],
  },
  {
    title: "A payment",
    rows: [
      { does: "Refund", keys: ["r"] },
      { does: "Send the refund", keys: ["Ctrl ↵"] },
      { does: "Ask the gateway", keys: ["a"] },
      { does: "Copy the number", keys: ["c"] },
      { does: "Turn the timeline", keys: ["t"] },
    ],
  },
  {
    title: "Everywhere",
    rows: [
      { does: "Search", keys: ["/"] },
      { does: "This sheet", keys: ["?"] },
    ],
  },
];

/** The keys that work on every page, and the sheet that lists them. */
export function KeyboardLayer({ environment, mayCreate }: { environment: Environment; mayCreate: boolean }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const goTo = (path: string) => () => router.push(`/${environment}/${path}`);

  useKeys({
    "/": () => document.getElementById("search")?.focus(),
    "?": () => setOpen(true),
    "g p": goTo("payments"),
    "g r": goTo("refunds"),
    "g n": goTo("notifications"),
    n: mayCreate ? goTo("payments/new") : undefined,
  });

  useEffect(() => {
    const open = () => setOpen(true);
    document.addEventListener(openKeysEvent, open);
    return () => document.removeEventListener(openKeysEvent, open);
  }, []);

  return (
    <Dialog
      open={isOpen}
      onClose={() => setOpen(false)}
      title="Keyboard"
      footer={<CloseButton onClose={() => setOpen(false)} />}
    >
      <div className="grid gap-5 desk:grid-cols-2">
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h3 className="mb-1 text-12 font-medium text-ink-3">{title}</h3>
            <ul>
              {rows.map(({ does, keys }) => (
                <li key={does} className="flex items-center justify-between border-b border-line py-1.5 text-13">
                  {does}
                  <span className="flex gap-[3px]">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <KeysSwitch />
      </div>
    </Dialog>
  );
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" className="btn" onClick={onClose}>
      Close
    </button>
  );
}

function KeysSwitch() {
  const [isOn, setOn] = useState(true);
  useEffect(() => setOn(areKeysOn()), []);
  return (
    <label className="flex min-h-6 items-center gap-2 self-end text-13">
      <input
        type="checkbox"
        checked={isOn}
        className="size-[15px] accent-sign-fill"
        onChange={(event) => {
          switchKeys(event.target.checked);
          setOn(event.target.checked);
        }}
      />
      Single keys work on this device
    </label>
  );
}
