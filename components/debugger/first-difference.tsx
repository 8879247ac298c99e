import { CodeBlock } from "@/components/ui/code-block";
import { Section } from "@/components/ui/panel";
import type { Difference } from "@/lib/debugger/evidence";
import { inLetters } from "./visible-runs";

/** Where the text that was hashed and the right one part, one above the other. */
export function FirstDifference({ difference }: { difference: Difference }) {
  const { at, before, hashed, right, behind } = difference;
  const [lead, yours, correct, tail] = [before, hashed, right, behind].map(inLetters) as [
    string,
    string,
    string,
    string,
  ];
  const width = Math.max(lengthOf(yours), lengthOf(correct));
  const pad = (text: string) => text + " ".repeat(width - lengthOf(text));
  return (
    <Section title="First difference" caption={`character ${at} of the signed text`}>
      <CodeBlock label="The two texts, one above the other">
        <Line name="hashed" />
        {lead}
        <mark className="rounded-1 bg-failed-wash text-failed">{pad(yours)}</mark>
        {tail}
        {"\n"}
        <Line name="right" />
        {lead}
        <mark className="rounded-1 bg-mark text-mark-ink">{pad(correct)}</mark>
        {tail}
        {"\n"}
        <Line name="" />
        {" ".repeat(lengthOf(lead))}
        <span className="text-failed">^ {inWords(hashed, right)}</span>
      </CodeBlock>
    </Section>
  );
}

function Line({ name }: { name: string }) {
  return <span className="text-ink-3">{name.padEnd(8)}</span>;
}

function inWords(hashed: string, right: string): string {
  const [has, wants] = [lengthOf(hashed), lengthOf(right)];
  if (has === 0) return `${characters(wants)} missing`;
  if (wants === 0) return `${characters(has)} too many`;
  return has === wants ? `${characters(has)} differ` : `${characters(has)} where ${wants} belong`;
}

function characters(count: number): string {
  return `${count} character${count === 1 ? "" : "s"}`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
