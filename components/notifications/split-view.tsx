import { classNames } from "@/components/ui/class-names";
import { visibleText } from "@/components/ui/visible-text";

type Piece = { readonly name: string; readonly text: string };
type Props = { divisions: { readonly asSent: readonly Piece[]; readonly asDivided: readonly Piece[] } };

/** One signed text, divided into fields in two ways side by side: the signature fits both, so it proves neither. */
export function SplitView({ divisions: { asSent, asDivided } }: Props) {
  return (
    <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
      <Division title="As it came" pieces={asSent} others={asDivided} />
      <Division title="What the same text also says" pieces={asDivided} others={asSent} />
    </div>
  );
}

function Division({ title, pieces, others }: { title: string; pieces: readonly Piece[]; others: readonly Piece[] }) {
  const isShared = ({ name, text }: Piece) => others.some((other) => other.name === name && other.text === text);
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-12 font-medium text-ink-3">{title}</h3>
      <dl className="border-t border-line text-12">
        {pieces.map((piece, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: the same name may come twice, which is the point
            key={index}
            className={classNames(
              "grid grid-cols-[120px_minmax(0,1fr)] gap-2 border-b border-line px-1 py-1.5",
              !isShared(piece) && "bg-unclear-wash",
            )}
          >
            <dt className="mono break-all text-ink-2">{visibleText(piece.name)}</dt>
            <dd className="mono break-all">
              {visibleText(piece.text)}
              {isShared(piece) ? null : <span className="sr-only"> (only in this division)</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
