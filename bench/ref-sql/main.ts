import type { Sql } from "postgres";
import { announceChange, changesChannel } from "@/db/announce";
import { openDatabase } from "@/db/client";
import { applyPaymentNews } from "@/db/commands/apply-payment-news";
import type { InboxRow } from "@/db/commands/evidence";
import { CredentialId, MerchantId, NotificationId, newId } from "@/lib/domain/ids";
import { type Job, serveLoad } from "../load/load";
import { amountOf, messageOf, orderNoOf, payOrderIdOf } from "../load/messages";

/**
 * ref-sql: the statement of a notification and nothing else, one connection of the database for each of the load's.
 *
 * `--hint-inside` also tells open pages of it in the same statement, `--hint-after` in one of its own, as the product.
 */
serveLoad(async (job: Job) => {
  const client = clientFor(job);
  const sql = isHintInside ? withHint(client) : client;
  const merchantId = MerchantId.parse(job.merchantId);
  const rows = Array.from({ length: job.distinct }, (_, place) => inboxRowOf(job, job.first + place));
  return async (place) => {
    const { verdict, paymentId } = await applyPaymentNews(sql, {
      merchantId,
      target: { mchOrderNo: orderNoOf(job.first + place) },
      news: newsOf(job.first + place),
      evidence: { by: "notification", inbox: rows[place] ?? inboxRowOf(job, job.first + place) },
      nextAsk: "keep",
    });
    if (isHintAfter) announceChange(client, { environment: "test", merchantId, paymentId });
    return verdict === "valid" ? "success" : String(verdict);
  };
});

const isHintInside = process.argv.includes("--hint-inside");
const isHintAfter = process.argv.includes("--hint-after");

const lastPart = "from (select 1) as one left join judged on true left join inbox on true";

/** The same client, whose statements about messages also notify. */
function withHint(sql: Sql): Sql {
  const hint = `, pg_notify('${changesChannel}', judged.id::text) as hint `;
  const unsafe = (text: string, ...rest: unknown[]) => {
    const changed = text.replace(lastPart, `${hint}${lastPart}`);
    if (changed === text) throw new Error("the statement of a notification has another end now");
    return (sql.unsafe as (...all: unknown[]) => unknown)(changed, ...rest);
  };
  return { unsafe } as unknown as Sql;
}

const clients = new Map<string, Sql>();

function clientFor({ target, connections }: Job): Sql {
  const key = `${target} ${connections}`;
  const known = clients.get(key);
  if (known) return known;
  const { sql } = openDatabase(target, { max: connections, statementTimeoutMs: 10_000, lockTimeoutMs: 10_000 });
  clients.set(key, sql);
  return sql;
}

function newsOf(index: number): Parameters<typeof applyPaymentNews>[1]["news"] {
  return {
    to: "paid",
    provenBy: "notification",
    gatewayState: 2,
    mchOrderNo: orderNoOf(index),
    payOrderId: payOrderIdOf(index),
    channelOrderNo: `42000000002026${String(index).padStart(14, "0")}`,
    amount: amountOf(index),
    currency: "HKD",
    errCode: null,
    errMsg: null,
    paidAt: new Date(1_767_225_655_000 + index * 1_000),
    payDataType: null,
    payData: null,
  };
}

/** As large as the row that the product keeps of the same message. */
function inboxRowOf({ sender, credentialId }: Job, index: number): InboxRow {
  const body = messageOf(sender, index);
  return {
    id: newId(NotificationId),
    credentialId: CredentialId.parse(credentialId),
    kind: "payment",
    contentType: "application/x-www-form-urlencoded;charset=UTF-8",
    query: "",
    body: Buffer.from(body),
    headers: [
      ["connection", "keep-alive"],
      ["content-length", String(body.length)],
      ["content-type", "application/x-www-form-urlencoded;charset=UTF-8"],
      ["host", "127.0.0.1:30000"],
      [
        "user-agent",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/75.0.3770.142 Safari/537.36 Hutool",
      ],
    ],
    sourceAddress: "127.0.0.1",
    dedup: Buffer.from(body.slice(-32)),
    authenticity: "valid",
    ownNames: [],
    secretVersion: 1,
    orderNo: orderNoOf(index),
    gatewayState: 2,
    isOwn: true,
    aloneUpTo: null,
    elapsedUs: 0,
  };
}
