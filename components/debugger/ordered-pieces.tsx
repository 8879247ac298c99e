import { classNames } from "@/components/ui/class-names";
import type { Piece } from "@/lib/debugger/recipe";
import { pairedPieces } from "./paired-pieces";
import { VisibleRuns } from "./visible-runs";

type Props = { right: readonly Piece[]; signed: readonly Piece[] | null };

/** The pieces in the order in which they are joined; beside it the order that was taken, where that was another. */
export function OrderedPieces({ right, signed }: Props) {
  const isOther =
    signed !== null && signed.map(({ name }) => name).join("&") !== right.map(({ name }) => name).join("&");
  const pairs = isOther ? pairedPieces(right, signed) : right.map((piece) => ({ right: piece, signed: piece }));
  return (
    <table className="w-full table-fixed border-collapse text-12">
      <caption className="sr-only">The pieces in the order in which they are joined</caption>
      <thead>
        <tr className="border-b border-ink text-left text-ink-3">
          <th scope="col" className="h-8 w-9 font-medium">
            <span className="sr-only">Number</span>#
          </th>
          <th scope="col" className="h-8 pr-2 font-medium">
            Right order
          </th>
          {isOther ? (
            <th scope="col" className="h-8 font-medium">
              What was joined
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ right: here, signed: there }, index) => {
          const differs = here?.name !== there?.name;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={index} className={classNames("border-b border-line align-top", differs && "bg-failed-wash")}>
              <td className="mono py-1.5 pl-1 text-ink-3">{index + 1}</td>
              <td className="mono py-1.5 pr-2 break-all">{here ? <PieceText piece={here} /> : null}</td>
              {isOther ? (
                <td className={classNames("mono py-1.5 break-all", differs && "text-failed")}>
                  {there ? <PieceText piece={there} /> : null}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function PieceText({ piece: { name, text } }: { piece: Piece }) {
  return (
    <>
      <VisibleRuns text={name} />
      <span className="text-ink-3">=</span>
      <VisibleRuns text={text} />
    </>
  );
}
