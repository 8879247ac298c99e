import { createHash } from "node:crypto";
import { sign } from "@/lib/gateway/signature";
import { log } from "@/lib/log/log";
import type { Broken, Campaign, Part, PartResult } from "../core/campaign";
import { type Random, randomFrom, seedOf } from "../core/random";
import { type Delivery, deliver, type Fields, formOf, paidFields, signed } from "../forgeries/message";
import { brokenInvariants } from "../oracle/invariants";
import { inParallel } from "../orders-of-messages/subjects";
import { openShop, type Shop } from "../shop/shop";
import { clearShop, type StockedPayment, stockPayments } from "../shop/stock";

/** Each order hears one odd message that the gateway really signed, then the plain one that says it is paid. */
export const oddMessages: Campaign = {
  name: "odd-messages",
  about: "unknown fields, states and ways, and poisoned texts are kept to the byte and get nothing stuck (R17, R18)",
  unit: "messages",
  usualCount: 100_000,
  partSize: 1_000,
  async open({ serverUrl }) {
    const shop = await openShop(serverUrl);
    log.level = "silent";
    return {
      async runPart(part) {
        await clearShop(shop.sql);
        const result = await oddThenPlain(shop, part);
        return { ...result, broken: [...result.broken, ...(await brokenInvariants(shop.sql))] };
      },
      close: () => shop.close(),
    };
  },
};

async function oddThenPlain(shop: Shop, { index, size, seed }: Part): Promise<PartResult> {
  const broken: Broken[] = [];
  const orders = await stockPayments(shop, { count: size, state: "prepared", amount: 1_000, label: `D${index}` });
  const figures = { "odd messages": size, "kept and believed": 0 };
  const believed: string[] = [];
  await inParallel(orders, async (order, at) => {
    const { delivery, isBelievable } = oddMessage(shop, order, randomFrom(seedOf(seed, at)));
    const reply = await deliver(shop.credentialId, "payment", delivery);
    if (reply === "try again") broken.push({ invariant: "no message is stumbled over", detail: `${index}/${at}` });
    if (isBelievable && reply !== "success") {
      broken.push({ invariant: "what is only unknown is believed", detail: `${index}/${at}: ${reply}` });
    }
    if (reply === "success") believed.push(digestOf(delivery.body));
    const plain = formOf(signed(paidFields(shop, order), shop.sender.secret));
    const after = await deliver(shop.credentialId, "payment", { body: plain });
    if (after !== "success") broken.push({ invariant: "a plain message is taken after an odd one", detail: after });
  });
  figures["kept and believed"] = believed.length;
  const stuck = await shop.sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from payments where state <> 'paid' group by state`;
  for (const { state, count } of stuck) {
    broken.push({ invariant: "an odd message stands in nobody's way", detail: `${count} are ${state}` });
  }
  const [failed] = await shop.sql<{ count: number }[]>`
    select count(*)::int as count from timeline_entries where to_state in ('declined', 'closed', 'refused')`;
  if (failed?.count !== 0) {
    broken.push({ invariant: "what is unknown is no failure", detail: `${failed?.count} were taken for one` });
  }
  broken.push(...(await missingBytes(shop, believed)));
  return { figures, broken: broken.slice(0, 5) };
}

async function missingBytes({ sql }: Shop, believed: readonly string[]): Promise<Broken[]> {
  const rows = await sql<{ digest: string }[]>`select encode(sha256(body), 'hex') as digest from notification_bodies`;
  const kept = new Set(rows.map(({ digest }) => digest));
  const missing = believed.filter((digest) => !kept.has(digest));
  return missing.length === 0
    ? []
    : [{ invariant: "a message is kept to the byte", detail: `${missing.length} are not` }];
}

function digestOf(body: string | Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}

const poisons = [
  "\u0000",
  "a\u0000b",
  "\u200B\u202E",
  "\uFFFF\uFFFE",
  "😀".repeat(200),
  "'; drop table payments; --",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "=1+1",
  "\r\nSet-Cookie: a=b",
  "%00%2500",
  "\u001b[31m",
];

function oddMessage(shop: Shop, order: StockedPayment, random: Random): { delivery: Delivery; isBelievable: boolean } {
  const fields: Fields = { ...paidFields(shop, order), state: String(random.pick([7, 8, 9, 42, 99, 1_000_000])) };
  for (let left = random.below(4); left > 0; left -= 1) {
    fields[`new${random.below(1_000)}`] = random.pick([...poisons, "", "0", "true", "[]", "2026-11-19"]);
  }
  if (random.chance(0.3)) fields["wayCode"] = `NEW_${random.below(100)}`;
  if (random.chance(0.2)) fields["subject"] = "x".repeat(random.below(60_000));
  if (random.chance(0.3)) fields[random.pick(["subject", "body", "errMsg", "extParam"])] = random.pick(poisons);
  if (random.chance(0.1)) return { delivery: loneSurrogate(fields, shop.sender.secret), isBelievable: false };
  const full = signed(fields, shop.sender.secret);
  if (random.chance(0.3)) {
    return { delivery: { body: JSON.stringify(full), contentType: "application/json" }, isBelievable: true };
  }
  return { delivery: { body: formOf(full) }, isBelievable: true };
}

/** Only JSON can say half a character; Java hashes a question mark for it. */
function loneSurrogate(fields: Fields, secret: string): Delivery {
  const broken = { ...fields, subject: "half \uD83D" };
  return { body: JSON.stringify({ ...broken, sign: sign(broken, secret) }), contentType: "application/json" };
}
