import { Split } from "lucide-react";
import { Section } from "@/components/ui/panel";
import type { Divisions } from "@/lib/debugger/other-division";
import type { Piece } from "@/lib/debugger/recipe";
import { VisibleRuns } from "./visible-runs";

/** One text, one signature, two messages: values that hold `&` may also be read as fields of their own. */
export function SplitView({ divisions: { asSent, asDivided } }: { divisions: Divisions }) {
  return (
    <Section title="This text can be divided in two ways" caption="both have the same signature">
      <p className="mb-3 flex max-w-[68ch] gap-2.5 text-13 leading-normal text-ink-2">
        <Split className="mt-0.5 size-4 flex-none text-unclear" />
        Nothing in a signed text marks where a value ends. A value that holds & can be read as further fields, so this
        signature proves neither reading. The console believes no such notification and asks the gateway.
      </p>
      <div className="grid gap-x-6 gap-y-4 desk:grid-cols-2">
        <Reading title="As it was sent" pieces={asSent} others={asDivided} />
        <Reading title="As it may be read" pieces={asDivided} others={asSent} />
      </div>
    </Section>
  );
}

function Reading({ title, pieces, others }: { title: string; pieces: readonly Piece[]; others: readonly Piece[] }) {
  const isElsewhere = (piece: Piece) => others.some(({ name, text }) => name === piece.name && text === piece.text);
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-12 text-ink-2">{title}</h3>
      <dl className="border-t border-line-2 text-12">
        {pieces.map((piece, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
            key={index}
            className={`grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-2 border-b border-line px-1 py-1.5 ${isElsewhere(piece) ? "" : "bg-unclear-wash"}`}
          >
            <dt className="mono break-all text-ink-2">
              <VisibleRuns text={piece.name} />
            </dt>
            <dd className="mono break-all">
              <VisibleRuns text={piece.text} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
