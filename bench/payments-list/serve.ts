import http from "node:http";
import { closeDb, sqlClient } from "@/db/client";
import { readPaymentFilter } from "@/db/queries/payments-filter";
import { listPayments } from "@/db/queries/payments-list";
import { settings } from "@/lib/config/settings";
import { MerchantId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";

/** Answers with one screen of the product's list of payments, for the address that its page would have. */
settings();
const scope = await scopeOfTest();

const server = http.createServer((request, response) => {
  const params = Object.fromEntries(new URL(request.url ?? "/", "http://localhost").searchParams);
  listPayments(scope, readPaymentFilter(params)).then(
    (page) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => void closeDb().then(() => process.exit()));

/** Every merchant of the test environment. Nobody has signed in here, so nobody was checked: this never leaves a bench. */
async function scopeOfTest(): Promise<Scope> {
  const rows = await sqlClient()<{ id: string; mchNo: string; label: string }[]>`
    select merchant_id as id, mch_no as "mchNo", label from merchants where environment = 'test'`;
  const merchants = rows.map(({ id, mchNo, label }) => ({ merchantId: MerchantId.parse(id), mchNo, label }));
  return { environment: "test", merchants } as unknown as Scope;
}
