"use client";

import { FileSearch, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { TextField } from "@/components/ui/text-field";
import type { InputProblem, PastedInput } from "@/lib/debugger/read-input";
import type { Result } from "@/lib/domain/result";

type Props = {
  pasted: string;
  input: Result<PastedInput, InputProblem>;
  /** A signature given by hand, for a message that carries none. */
  sign: string;
  onPasted: (text: string) => void;
  onSign: (sign: string) => void;
};

const formNames: Readonly<Record<PastedInput["form"], string>> = {
  json: "JSON body",
  form: "form body or query string",
  address: "address with a query",
  curl: "curl command",
  http: "raw HTTP request",
  har: "HAR entry",
  log: "line of a log",
};

/** Takes whatever a person has at hand and says what it was read as. */
export function PasteBox({ pasted, input, sign, onPasted, onSign }: Props) {
  const id = useId();
  const isEmpty = pasted.trim() === "";
  return (
    <div className="grid min-w-0 gap-3">
      <div className="grid gap-1.5">
        <label htmlFor={id} className="text-12 font-medium text-ink-2">
          What was refused
        </label>
        <div className="overflow-hidden rounded-2 border border-edge focus-within:border-sign focus-within:shadow-[0_0_0_1px_var(--sign)]">
          <textarea
            id={id}
            value={pasted}
            rows={13}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            aria-describedby={`${id}-read`}
            placeholder="Paste a JSON body, form body, query string, curl command, raw HTTP request, HAR entry or a line of your log."
            onChange={(event) => onPasted(event.target.value)}
            className="block max-h-[426px] w-full resize-y bg-paper px-3 py-2.5 font-mono text-12 leading-[1.6] outline-none placeholder:font-sans placeholder:text-13 placeholder:text-ink-3 max-desk:max-h-[200px] max-desk:text-16"
          />
          <p
            id={`${id}-read`}
            aria-live="polite"
            className="flex min-h-9 items-center gap-2 border-t border-line-2 bg-ground px-3 py-1.5 text-12 text-ink-2"
          >
            <ReadAs input={input} isEmpty={isEmpty} />
          </p>
        </div>
      </div>
      {input.ok ? <Notes notes={input.value.notes} /> : null}
      {input.ok && input.value.receivedSign === null ? (
        <TextField
          name="received-sign"
          label="Signature that was refused"
          help="The message carries none. Paste the one that came beside it."
          mono
          value={sign}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onSign(event.target.value)}
        />
      ) : null}
    </div>
  );
}

function ReadAs({ input, isEmpty }: { input: Props["input"]; isEmpty: boolean }) {
  if (isEmpty) return <>Everything is read in your browser.</>;
  if (!input.ok) {
    return (
      <>
        <TriangleAlert className="size-4 flex-none text-unclear" />
        <span className="min-w-0 break-words">{input.error.message}</span>
      </>
    );
  }
  const { form, fieldCount } = input.value;
  return (
    <>
      <FileSearch className="size-4 flex-none text-ink-3" />
      <span>
        Read as <b className="font-strong text-ink">{formNames[form]}</b>, {fieldCount} field
        {fieldCount === 1 ? "" : "s"}
      </span>
    </>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return notes.map((note) => (
    <p key={note} className="flex gap-2 text-12 leading-normal text-ink-2">
      <TriangleAlert className="mt-px size-3.5 flex-none text-unclear" />
      <span className="min-w-0 break-words">{note}</span>
    </p>
  ));
}
