import { log } from "@/lib/log/log";
import type { Broken, Campaign, Part, PartResult } from "../core/campaign";
import { randomFrom, seedOf } from "../core/random";
import { brokenInvariants } from "../oracle/invariants";
import { inParallel } from "../orders-of-messages/subjects";
import { openShop, type Shop } from "../shop/shop";
import { clearShop, type StockedPayment, stockPayments } from "../shop/stock";
import { otherSet, withPlantedText } from "./collisions";
import { handCases } from "./hand-cases";
import { addStrangeKeys } from "./keys";
import { deliver, type Fields, formOf, paidFields, signed } from "./message";
import { mutated } from "./mutated";
import { wrongContents } from "./wrong-contents";

/** The first part is made by hand; the others change genuine messages by chance or divide them in another way. */
export const forgeries: Campaign = {
  name: "forgeries",
  about: "forged, re-divided and misdirected messages move nothing and are kept as evidence (S1, S2, S3)",
  unit: "forgeries",
  usualCount: 1_000_000,
  partSize: 2_000,
  async open({ serverUrl }) {
    const shop = await openShop(serverUrl);
    log.level = "silent";
    const strange = await addStrangeKeys(shop);
    return {
      async runPart(part) {
        await clearShop(shop.sql);
        const [victim, other] = await stockVictims(shop, `F${part.index}`);
        const result =
          part.index === 0 ? await byHand(shop, victim, other, strange) : await byChance(shop, victim, part);
        const untouched = await whatMoved(shop);
        return { ...result, broken: [...result.broken, ...untouched, ...(await brokenInvariants(shop.sql))] };
      },
      close: () => shop.close(),
    };
  },
};

const amount = 1_000;

/** Two orders that were just made, and of which the gateway's numbers are known. */
async function stockVictims(shop: Shop, label: string): Promise<[StockedPayment, StockedPayment]> {
  const [victim, other] = await stockPayments(shop, { count: 2, state: "prepared", amount, label });
  if (!victim || !other) throw new Error("There are no victims.");
  for (const { id, payOrderId } of [victim, other]) {
    await shop.sql`update payments set pay_order_id = ${payOrderId}, state = 'prepared' where id = ${id}`;
  }
  return [victim, other];
}

async function whatMoved({ sql }: Shop): Promise<Broken[]> {
  const moved = await sql<{ what: string }[]>`
    select mch_order_no || ' is ' || state as what from payments where state <> 'prepared'
    union all select 'a change of ' || payment_id from timeline_entries where kind = 'change'
    union all select 'an effect: ' || effect from notifications where effect is not null`;
  return moved.map(({ what }) => ({ invariant: "a forgery moves nothing", detail: what }));
}

async function byHand(
  shop: Shop,
  victim: StockedPayment,
  other: StockedPayment,
  strange: { otherApp: string; production: string },
): Promise<PartResult> {
  const broken: Broken[] = [];
  const { secret } = shop.sender;
  const unknown = { mchOrderNo: "NOBODY-KNOWS-IT", payOrderId: "P9999999999999999999", amount };
  const genuine = signed(paidFields(shop, unknown), secret);
  const fields = paidFields(shop, victim);

  const cases = handCases(shop, fields, genuine);
  for (const { name, delivery } of cases) {
    const reply = await deliver(shop.credentialId, "payment", delivery);
    if (reply === "success" && !isGenuine(delivery.body, genuine)) {
      broken.push({ invariant: "a forgery is not accepted", detail: name });
    }
    if (reply === "try again") broken.push({ invariant: "a forgery is kept and not stumbled over", detail: name });
  }

  const contents = wrongContents(fields, other);
  for (const { name, fields: wrong } of contents) {
    const reply = await deliver(shop.credentialId, "payment", { body: formOf(signed(wrong, secret)) });
    if (reply !== "wrong-content")
      broken.push({ invariant: "other content is wrong content", detail: `${name}: ${reply}` });
  }
  const [kept] = await shop.sql<{ rows: number; deliveries: number }[]>`
    select count(*)::int as rows, coalesce(sum(deliveries), 0)::int as deliveries from notifications
    where verdict = 'wrong-content' and payment_id = ${victim.id}`;
  if (kept?.rows !== contents.length) {
    broken.push({ invariant: "each wrong content is one record", detail: `${kept?.rows} of ${contents.length}` });
  }

  const misdirected = [
    [strange.otherApp, "payment"],
    [strange.production, "payment"],
    [shop.credentialId, "refund"],
  ] as const;
  for (const [credentialId, kind] of misdirected) {
    const reply = await deliver(credentialId, kind, { body: formOf(signed(fields, secret)) });
    if (reply === "success" && kind === "payment") {
      broken.push({ invariant: "a message counts at its own address only", detail: `${credentialId} ${kind}` });
    }
  }
  return {
    figures: { "made by hand": cases.length, "wrong contents": contents.length, misdirected: misdirected.length },
    broken,
  };
}

function isGenuine(body: string | Uint8Array, genuine: Fields): boolean {
  return typeof body === "string" && new URLSearchParams(body).get("mchOrderNo") === genuine["mchOrderNo"];
}

async function byChance(shop: Shop, victim: StockedPayment, { size, seed }: Part): Promise<PartResult> {
  const broken: Broken[] = [];
  const figures = { "changed by chance": 0, "divided in another way": 0, "without another division": 0 };
  const { secret } = shop.sender;
  const target = paidFields(shop, victim);
  const known = new Set([...Object.keys(target), "errMsg", "errCode", "extParam"]);
  const tries = Array.from({ length: size }, (_, at) => randomFrom(seedOf(seed, at)));
  await inParallel(tries, async (random, at) => {
    const unknown = { mchOrderNo: `NOBODY-${at}`, payOrderId: `P${String(at).padStart(19, "0")}`, amount };
    const honest = paidFields(shop, unknown);
    if (at % 2 === 0) {
      figures["changed by chance"] += 1;
      // Changed towards the victim: whatever stays genuine is about an order that nobody knows.
      const forged = mutated(signed(honest, secret), target, random);
      const reply = await deliver(shop.credentialId, "payment", forged);
      if (reply === "try again")
        broken.push({ invariant: "a forgery is kept and not stumbled over", detail: show(forged.body) });
      return;
    }
    const planted = withPlantedText(honest, random, target);
    const set = otherSet(planted, known, random);
    if (set === null) {
      figures["without another division"] += 1;
      return;
    }
    figures["divided in another way"] += 1;
    const { sign = "" } = signed(planted, secret);
    const body = formOf([...set, ["sign", sign]]);
    const reply = await deliver(shop.credentialId, "payment", { body });
    if (reply !== "ambiguous") {
      broken.push({ invariant: "another division is ambiguous", detail: `${reply}: ${body}` });
    }
  });
  return { figures, broken: broken.slice(0, 5) };
}

function show(body: string | Uint8Array): string {
  return typeof body === "string" ? body : Buffer.from(body).toString("hex");
}
