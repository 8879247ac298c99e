import { CodeBlock } from "@/components/ui/code-block";
import { visibleText } from "@/components/ui/visible-text";

/** The answer as it came, masked where it was kept. Text, never markup. */
export function AnswerText({ text }: { text: string | null }) {
  if (text === null) return <p className="text-13 text-ink-2">There was no answer to keep.</p>;
  if (text === "") return <p className="text-13 text-ink-2">The answer was empty.</p>;
  return (
    <CodeBlock label="The answer as it came" wrap>
      {visibleText(text)}
    </CodeBlock>
  );
}
