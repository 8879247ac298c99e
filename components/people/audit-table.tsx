import { TimeCell } from "@/components/data-table/cells/time-cell";
import { TableFooter, type TableFooterProps } from "@/components/data-table/table-footer";
import type { AuditRow } from "@/db/queries/audit";
import { auditFacts, auditSentence } from "./audit-words";

type Props = { rows: readonly AuditRow[]; footer: TableFooterProps };

export function AuditTable({ rows, footer }: Props) {
  return (
    <div className="table-frame">
      <table className="data-table [&_tbody_tr]:cursor-default">
        <caption className="sr-only">Who did what, newest first. Times are Hong Kong time.</caption>
        <thead>
          <tr>
            <th scope="col" className="w-[150px]">
              Who
            </th>
            <th scope="col" className="w-[250px]">
              Did what
            </th>
            <th scope="col" className="w-[100px]">
              Where
            </th>
            <th scope="col">Facts</th>
            <th scope="col" className="w-[130px]" data-drop="1">
              From
            </th>
            <th scope="col" className="w-[190px]">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 ? (
            <tr>
              <td colSpan={6} className="text-ink-2">
                No entry fits these filters.
              </td>
            </tr>
          ) : null}
          {rows.map((row) => (
            <tr key={row.id}>
              <td data-phone="state" className="font-medium">
                {row.actor}
              </td>
              <td data-phone="number">{auditSentence(row.action)}</td>
              <td>{row.environment}</td>
              <td data-phone="subject" data-truncate>
                <span
                  className="block truncate text-12 text-ink-2 max-desk:whitespace-normal"
                  title={auditFacts(row.details)}
                >
                  {auditFacts(row.details)}
                </span>
              </td>
              <td className="mono text-12" data-drop="1">
                {row.address}
              </td>
              <td data-phone="time">
                <TimeCell at={row.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TableFooter {...footer} hasRowKeys={false} count={rows.length} />
    </div>
  );
}
