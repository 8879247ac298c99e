"use client";

import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { type ActionState, entered, errorsOf } from "@/lib/actions/action-state";
import type { WayExtra } from "@/lib/domain/way-codes";

type Props = { extras: readonly WayExtra[]; state: ActionState };

/** What the chosen way needs beside the order, and nothing else. A scanner gun types digits and Enter, which sends. */
export function WayExtras({ extras, state }: Props) {
  return extras.map((extra) => {
    const name = `extra.${extra.name}`;
    const shared = {
      name,
      label: extra.label,
      optional: !extra.isRequired,
      error: errorsOf(state, name),
      ...(extra.help ? { help: extra.help } : {}),
    };
    if (extra.kind === "select") {
      return <Select key={name} {...shared} options={extra.options ?? []} defaultValue={entered(state, name) ?? ""} />;
    }
    const isScan = extra.kind === "scan";
    return (
      <TextField
        key={name}
        {...shared}
        mono
        autoComplete="off"
        maxLength={256}
        defaultValue={entered(state, name) ?? ""}
        {...(isScan ? { inputMode: "numeric" as const, "data-scan": true, className: "text-20" } : {})}
      />
    );
  });
}
