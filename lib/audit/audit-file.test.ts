import { expect, test } from "vitest";
import type { AuditRow } from "@/db/queries/audit";
import { readCsv } from "@/lib/domain/csv";
import { auditFile } from "./audit-file";

const row: AuditRow = {
  id: "0199a1c2-7b1e-7000-8000-000000000001",
  at: new Date("2026-11-23T16:00:00.123Z"),
  actor: '=HYPERLINK("evil")',
  action: "person.added",
  environment: "production",
  subject: "person:1",
  details: { email: 'a"b@shop.example', isInvited: true },
  address: "2001:db8::1",
};

async function* pages() {
  yield [row];
  yield [{ ...row, environment: null, address: null }];
}

test("the file has one mark of its encoding, one line of names, and nothing that a spreadsheet would calculate", async () => {
  let text = "";
  for await (const piece of auditFile(pages())) text += piece;
  expect(text.lastIndexOf("\uFEFF")).toBe(0);
  const read = readCsv(text, ",");
  expect(read).toMatchObject({
    value: [
      { cells: ["When", "Who", "Did what", "Where", "About", "Facts", "From", "Entry"] },
      { cells: ["2026-11-24T00:00:00.123+08:00", `'=HYPERLINK("evil")`, "person.added", "production", ...rest(row)] },
      {
        cells: [
          expect.anything(),
          expect.anything(),
          "person.added",
          "",
          "person:1",
          JSON.stringify(row.details),
          "",
          expect.anything(),
        ],
      },
    ],
  });
});

function rest({ subject, details, address, id }: AuditRow) {
  return [subject, JSON.stringify(details), `'${address}`, `'${id}`];
}
