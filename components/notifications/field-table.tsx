import { CircleCheck, CircleX } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { visibleText } from "@/components/ui/visible-text";
import type { ComparedField } from "./against-order";

type Props = {
  fields: readonly (readonly [name: string, value: string])[];
  compared: readonly ComparedField[];
};

/** Every field as it was read, and for those that our order has too, whether they are equal. Values are text, never markup. */
export function FieldTable({ fields, compared }: Props) {
  const hasOurs = compared.length > 0;
  return (
    <table className="w-full table-fixed border-collapse text-12">
      <caption className="sr-only">Fields of the message, and our order's values beside them</caption>
      <thead>
        <tr className="border-b border-ink text-left text-ink-3">
          <th scope="col" className="h-8 w-36 pr-2 font-medium max-desk:w-28">
            Field
          </th>
          <th scope="col" className="h-8 pr-2 font-medium">
            Notification
          </th>
          {hasOurs ? (
            <th scope="col" className="h-8 w-[34%] font-medium">
              Ours
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {fields.map(([name, value]) => {
          const field = compared.find((one) => one.name === name);
          const isOther = field !== undefined && !field.isSame;
          return (
            <tr key={name} className={classNames("border-b border-line align-top", isOther && "bg-failed-wash")}>
              <th scope="row" className="mono py-2 pr-2 text-left font-normal break-all text-ink-2">
                {visibleText(name)}
              </th>
              <td className="mono py-2 pr-2 break-all whitespace-pre-wrap">{visibleText(value)}</td>
              {hasOurs ? <td className="py-2">{field ? <Comparison field={field} /> : null}</td> : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Comparison({ field: { ours, isSame } }: { field: ComparedField }) {
  if (ours === null) return <span className="text-ink-3">not known here</span>;
  if (isSame) {
    return (
      <span className="inline-flex items-center gap-1.5 text-paid">
        <CircleCheck className="size-3.5" />
        same
      </span>
    );
  }
  return (
    <span className="grid gap-0.5">
      <span className="inline-flex items-center gap-1.5 text-failed">
        <CircleX className="size-3.5" />
        other
      </span>
      <span className="mono break-all">{ours}</span>
    </span>
  );
}
