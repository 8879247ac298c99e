import type { AuditRow } from "@/db/queries/audit";
import { type CsvCell, writeCsv } from "@/lib/domain/csv";

/** Pages of the audit, as a table that spreadsheets open without calculating or rounding anything in it. */
export async function* auditFile(pages: AsyncIterable<readonly AuditRow[]>): AsyncGenerator<string> {
  yield writeCsv([columns.map(([name]) => name)]);
  for await (const rows of pages) {
    // Its mark of the encoding belongs at the beginning of a file and nowhere else.
    yield writeCsv(rows.map((row) => columns.map(([, cell]) => cell(row)))).replace("\uFEFF", "");
  }
}

const columns: readonly [name: string, cell: (row: AuditRow) => CsvCell][] = [
  ["When", ({ at }) => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`],
  ["Who", ({ actor }) => actor],
  ["Did what", ({ action }) => action],
  ["Where", ({ environment }) => environment],
  ["About", ({ subject }) => ({ id: subject })],
  ["Facts", ({ details }) => JSON.stringify(details)],
  ["From", ({ address }) => (address === null ? null : { id: address })],
  ["Entry", ({ id }) => ({ id })],
];
