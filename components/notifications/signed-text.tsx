import { CodeBlock, HiddenKey } from "@/components/ui/code-block";
import { visibleText } from "@/components/ui/visible-text";

type Props = {
  /** Ends in `key=<key>`: the key itself was never kept. */
  text: string;
  label: string;
  keyName: string;
};

const placeholder = "<key>";

/** The text that was hashed, with a bar where the key stood. */
export function SignedText({ text, label, keyName }: Props) {
  const isEnded = text.endsWith(placeholder);
  return (
    <CodeBlock label={label} wrap>
      {visibleText(isEnded ? text.slice(0, -placeholder.length) : text)}
      {isEnded ? <HiddenKey label={keyName} /> : null}
    </CodeBlock>
  );
}
