import { Fragment } from "react";
import { HiddenKey } from "@/components/ui/code-block";
import { VisibleRuns } from "./visible-runs";

/** A signed text with a bar wherever the key stood. */
export function KeyInText({ text }: { text: string }) {
  return text.split("<key>").map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text are told apart by their place only
    <Fragment key={index}>
      {index > 0 ? <HiddenKey /> : null}
      <VisibleRuns text={part} />
    </Fragment>
  ));
}
