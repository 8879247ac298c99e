"use client";

import { Upload } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/text-field";

type Props = { name: string; defaultValue: string; error: string[] | undefined };

const mostBytes = 500_000;

/** A list of refunds, pasted or read from a file. What is read can be seen and changed before anything is made of it. */
export function ListField({ name, defaultValue, error }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [news, setNews] = useState<string | null>(null);

  const take = async (file: File | undefined) => {
    if (!file || !area.current) return;
    const text = file.size > mostBytes ? null : decoded(await file.arrayBuffer());
    if (text === null) {
      setNews(`${file.name} was not taken: it must be UTF-8 text of at most 500 KB. Save it as CSV, UTF-8.`);
      return;
    }
    area.current.value = text;
    area.current.focus();
    setNews(`${file.name} was read into the field. Nothing was sent.`);
  };

  return (
    <div className="grid gap-2">
      <TextArea
        ref={area}
        // React gives a field its first text back after each action; a new key makes it the latest.
        key={defaultValue}
        name={name}
        label="Lines"
        help="One refund per line: order or gateway number, amount, reason, note. Without an amount all that is left goes back. Comma, semicolon or tab; a first line with names may put the columns in any order. At most 1,000 lines."
        defaultValue={defaultValue}
        error={error}
        rows={12}
        spellCheck={false}
        autoComplete="off"
        placeholder={"number,amount,reason,note\nP-261119-3D8RTX7K,35.00,Goods returned,Broken lid"}
        mono
        required
      />
      <div className="flex flex-wrap items-center gap-3 noscript:hidden">
        <Button icon={<Upload />} onClick={() => picker.current?.click()}>
          Read a CSV file
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          aria-label="CSV file"
          className="hidden"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file, corrected, can be chosen again.
            event.target.value = "";
          }}
        />
        <span className="text-12 text-ink-2" aria-live="polite">
          {news}
        </span>
      </div>
    </div>
  );
}

/** Never guesses an encoding: a wrong letter in a number would be another payment. */
function decoded(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\u0000") ? null : text;
  } catch {
    return null;
  }
}
