"use client";

import { RadioTiles } from "@/components/ui/radio-tiles";
import { TextArea } from "@/components/ui/text-field";
import { type ActionState, errorsOf } from "@/lib/actions/action-state";

/** A body as text, and what the server does about it. */
export function WrittenBody({ body, state }: { body: string; state: ActionState }) {
  return (
    <div className="grid gap-4">
      <TextArea
        name="body"
        label="Body"
        help="JSON or a form. Every digit goes out as it stands here."
        rows={16}
        mono
        defaultValue={body}
        error={errorsOf(state, "body")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="text-12 leading-[1.6] max-desk:max-h-[300px] max-desk:text-16"
      />
      <RadioTiles
        legend="What the server does with it"
        name="by"
        columns={2}
        defaultValue="signed"
        tiles={[
          { value: "signed", title: "Fill in and sign", note: "its own mchNo, appId and sign are replaced" },
          { value: "as-is", title: "Send as it stands", note: "a wrong sign on purpose, or none" },
        ]}
        error={errorsOf(state, "by")}
      />
    </div>
  );
}
