import { openDatabase } from "@/db/client";
import { say } from "@/scripts/start/say.mjs";
import type { Work } from "../main";
import type { Report } from "../report";
import { ensureBenchDatabase } from "../server/database";
import { loadOrders } from "./load-orders";
import { filters, type Seen, seePages } from "./pages";
import { timeScreens } from "./timing";

/** Whether a screen of the list of payments costs the same however many there are and however deep it lies (P8, P10, P16). */
export async function measurePaymentsList({ options, database, report, ends }: Work): Promise<void> {
  const sizes = [10_000, 100_000, options.rows].filter((rows, place, all) => place === 2 || rows < (all[2] ?? 0));
  const lists = [];
  for (const rows of [...new Set(sizes)]) lists.push(await listOf(rows, { database, ends }));
  const [small, large] = [lists[0], lists.at(-1)];
  if (!small || !large || small === large) throw new Error("--rows must be more than 10000");

  const seen: Seen[] = [];
  for (const list of lists) {
    say(`looking at screens of ${list.rows} payments`);
    seen.push(await seePages({ database, ...list }));
  }
  reportPages(report, seen);
  say("timing screens");
  const timed = await timeScreens({ database, small, large, samples: options.samples }, ends);
  for (const { share, milliseconds, ratio, nullRatio } of timed) {
    const metric = `p${share * 100} of a screen of ${large.rows} payments`;
    const isSound = report.nullTest(metric, nullRatio, `${small.rows} payments`);
    report.check(`the reference agrees with itself, p${share * 100}`, isSound);
    const reference = `${small.rows} payments`;
    report.ratio(metric, { value: milliseconds, unit: "ms", reference, ratio }, { atMost: share === 0.5 ? 1.3 : 1.5 });
  }
}

async function listOf(rows: number, { database, ends }: Pick<Work, "database" | "ends">) {
  const name = `bench_list_${rows}`;
  await ensureBenchDatabase(database, name);
  const { sql } = openDatabase(database.url(name), { max: 2, statementTimeoutMs: 3_600_000, lockTimeoutMs: 10_000 });
  ends.push(() => sql.end({ timeout: 5 }));
  const [found] = await sql<{ rows: string }[]>`select count(*) as rows from payments`;
  if (Number(found?.rows) !== rows) {
    say(`loading ${rows} payments`);
    await loadOrders(sql, rows);
  }
  return { name, sql, rows };
}

function reportPages(report: Report, seen: Seen[]): void {
  const [small, large] = [seen[0], seen.at(-1)];
  if (!small || !large) return;
  for (const { rows, touched, statements, forbidden, isRight } of seen) {
    report.check(`every screen of ${rows} payments shows the rows that stand there`, isRight);
    for (const [depth, pages] of touched)
      report.value(`pages touched, ${rows} payments, screen ${depth}`, pages, "pages");
    report.value(`statements for a screen, ${rows} payments`, statements, "statements", 3);
    report.value(`statements that count or skip, ${rows} payments`, forbidden.length, "statements", 0);
  }
  for (const [depth, pages] of large.touched) {
    // Where the small list has no such screen, its deepest one stands for it.
    const reference = small.touched.get(depth) ?? small.touched.get("last") ?? Number.NaN;
    const ratio = pages / reference;
    report.ratio(
      `pages touched, ${large.rows} payments by ${small.rows}, screen ${depth}`,
      {
        value: pages,
        unit: "pages",
        reference: `${small.rows} payments`,
        ratio: { median: ratio, low: ratio, high: ratio },
      },
      { atMost: 1.3 },
    );
  }
  for (const filter of Object.keys(filters)) {
    report.value(
      `pages touched, ${large.rows} payments, ${filter}`,
      large.filtered.get(filter) ?? Number.NaN,
      "pages",
      1_500,
    );
  }
  const { text, pages } = large.skipping;
  const keyset = large.touched.get("last") ?? Number.NaN;
  report.value(`pages touched, ${large.rows} payments, last screen by OFFSET`, pages, "pages");
  report.check("skipping on purpose is found, in words and in pages", /offset/i.test(text) && pages > 100 * keyset);
}
