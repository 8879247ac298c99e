import { CodeBlock, Digest } from "@/components/ui/code-block";
import { DefinitionList } from "@/components/ui/definition-list";
import type { RecipeStep } from "@/lib/debugger/recipe-steps";
import { ChosenFields } from "./chosen-fields";
import { KeyInText } from "./key-in-text";
import { OrderedPieces } from "./ordered-pieces";
import type { WalkFacts } from "./recipe-walk";
import { inLetters } from "./visible-runs";
import { WrittenValues } from "./written-values";

/** One step, word for word: what is right, and beside it what was done where that is known to differ. */
export function StepPanel({ step, facts }: { step: RecipeStep; facts: WalkFacts }) {
  const { reading, cause } = facts;
  const evidence = cause?.evidence ?? null;
  switch (step) {
    case "choose":
      return <ChosenFields reading={reading} cause={cause} />;
    case "write":
      return <WrittenValues reading={reading} evidence={evidence} />;
    case "order":
      return <OrderedPieces right={reading.right.pieces} signed={evidence?.pieces ?? null} />;
    case "join":
      return <JoinedTexts facts={facts} />;
    case "key":
      return <KeyPlace facts={facts} />;
    case "hash":
      return <Hashing facts={facts} />;
    case "print":
      return <Printing facts={facts} />;
  }
}

function JoinedTexts({ facts: { reading, cause } }: { facts: WalkFacts }) {
  const hashed = cause?.evidence?.hashedText ?? null;
  const isOther = hashed !== null && hashed !== reading.right.text;
  return (
    <div className="grid gap-4">
      <Text title="The fields, joined with & and followed by the key" text={reading.right.text} />
      {isOther ? <Text title="What was hashed" text={hashed} /> : null}
    </div>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-12 text-ink-2">{title}</h3>
      <CodeBlock label={title} wrap>
        <KeyInText text={text} />
      </CodeBlock>
    </div>
  );
}

const shownOfEnd = 60;

function KeyPlace({ facts: { reading, cause, secret } }: { facts: WalkFacts }) {
  const hashed = cause?.evidence?.hashedText ?? null;
  const isOther = cause?.steps.includes("key") ?? false;
  return (
    <div className="grid gap-4">
      <Text title="The text ends in &key= and the secret" text={endOf(reading.right.text)} />
      {isOther && hashed !== null ? <Text title="What was done" text={endOf(hashed)} /> : null}
      <DefinitionList
        rows={[
          { term: "Secret", value: secret ? `${secret.length} characters` : "none given yet" },
          { term: "Fingerprint", value: secret ? <span className="mono">{secret.fingerprint}</span> : null },
        ]}
      />
    </div>
  );
}

function endOf(text: string): string {
  return text.length > shownOfEnd ? `…${text.slice(-shownOfEnd)}` : text;
}

function Hashing({ facts: { reading, cause, secret } }: { facts: WalkFacts }) {
  const withoutKey = reading.right.text.replace(/<key>$/, "");
  const bytes = new TextEncoder().encode(withoutKey).length;
  const others = bytes - withoutKey.length;
  return (
    <DefinitionList
      rows={[
        { term: "Text", value: `${withoutKey.length} characters before the key` },
        {
          term: "Bytes",
          value: `${bytes} as UTF-8${others > 0 ? `, ${others} more than characters` : ""}${secret ? `, and ${secret.length} of the key` : ""}`,
        },
        { term: "Hash", value: "MD5, once, over all of it" },
        { term: "What was done", value: cause?.steps.includes("hash") ? cause.what : null },
      ]}
    />
  );
}

function Printing({ facts: { cause, receivedSign } }: { facts: WalkFacts }) {
  return (
    <DefinitionList
      rows={[
        { term: "Right", value: "32 hexadecimal digits in upper case, in the field sign" },
        {
          term: "Received",
          value:
            receivedSign === "" ? (
              "nothing"
            ) : (
              <>
                <Digest value={inLetters(receivedSign)} />
                <span className="text-ink-3">{receivedSign.length} characters</span>
              </>
            ),
        },
        { term: "What was done", value: cause?.steps.includes("print") ? cause.what : null },
      ]}
    />
  );
}
