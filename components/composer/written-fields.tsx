"use client";

import { Button } from "@/components/ui/button";
import { TextArea, TextField } from "@/components/ui/text-field";
import { type ActionState, errorsOf } from "@/lib/actions/action-state";
import type { ComposerField } from "@/lib/composer/operations";
import { newMchOrderNo, newMchRefundNo } from "@/lib/domain/ids";
import { fieldName, type Kept } from "./kept";

type Props = { fields: readonly ComposerField[]; kept: Kept; state: ActionState; isCreating: boolean };

const numberKinds: Readonly<Record<ComposerField["type"], string | null>> = {
  text: null,
  long: "whole number",
  int: "whole number",
  byte: "whole number",
};

/** The operation's own fields, the usual ones first. An empty field is not sent. */
export function WrittenFields({ fields, kept, state, isCreating }: Props) {
  const usual = fields.filter(({ isUsual }) => isUsual);
  const others = fields.filter(({ isUsual }) => !isUsual);
  const isOpen = others.some(({ name }) => kept.textOf(name) !== "" || errorsOf(state, fieldName(name)));
  const draw = (field: ComposerField) => <WrittenField key={field.name} {...{ field, kept, state, isCreating }} />;
  return (
    <>
      <div className="grid gap-4">{usual.map(draw)}</div>
      {others.length > 0 ? (
        <details open={isOpen} className="border-t border-line-2">
          <summary className="cursor-pointer py-2.5 text-13 text-ink-2 hover:text-ink max-desk:min-h-11">
            {others.length} more fields
          </summary>
          <div className="grid gap-4 pt-1 pb-3">{others.map(draw)}</div>
        </details>
      ) : null}
    </>
  );
}

function WrittenField({ field, kept, state, isCreating }: Omit<Props, "fields"> & { field: ComposerField }) {
  const { name, type } = field;
  const shared = {
    name: fieldName(name),
    label: <span className="mono">{name}</span>,
    defaultValue: kept.textOf(name),
    error: errorsOf(state, fieldName(name)),
    mono: true,
    autoComplete: "off",
    spellCheck: false,
  };
  if (name === "channelExtra")
    return <TextArea {...shared} rows={2} help='Text of a JSON object: {"payDataType":"codeUrl"}' />;
  const renew = isCreating ? numbers[name] : undefined;
  return (
    <TextField
      {...shared}
      aside={renew ? <NewNumber name={name} draw={renew} kept={kept} /> : numberKinds[type]}
      help={amounts.has(name) ? "In the smallest unit: 100 is HK$1.00" : undefined}
    />
  );
}

const amounts: ReadonlySet<string> = new Set(["amount", "refundAmount"]);

const numbers: Readonly<Record<string, () => string>> = { mchOrderNo: newMchOrderNo, mchRefundNo: newMchRefundNo };

function NewNumber({ name, draw, kept }: { name: string; draw: () => string; kept: Kept }) {
  const write = (form: HTMLFormElement | null) => {
    const input = form?.elements.namedItem(fieldName(name));
    if (!(input instanceof HTMLInputElement)) return;
    input.value = draw();
    kept.keep(input.name, input.value);
  };
  return (
    <Button variant="quiet" size="sm" className="-my-2" onClick={(event) => write(event.currentTarget.form)}>
      New number
    </Button>
  );
}
