import { expect, test } from "vitest";
import { Secret } from "@/lib/domain/secret";
import { readForm } from "@/lib/gateway/fields";
import { sign } from "@/lib/gateway/signature";
import { type Broken, type Repair, repairSignature } from "./repair-signature";

const secret = new Secret("invented-for-this-test-0123456789");
const other = new Secret("invented-as-well-9876543210");
const message = {
  mchNo: "M1621873433953",
  appId: "60cc09bce4b0f1c0b83761c9",
  mchOrderNo: "T1",
  payOrderId: "P1",
  amount: "6400",
  currency: "HKD",
  state: "2",
  subject: "Cold brew & cake",
  body: "1+1 deal",
};
const order = { subject: message.subject, body: message.body, extParam: null, notifyUrl: null };

/** What arrives of the signed message after `change` was made to it on its way. */
function arrived(change: Record<string, string | null>, values: Partial<Broken> = {}, key = secret): Broken {
  const sent = { ...message, sign: sign(message, key), ...change };
  const kept = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== null);
  const fields = readForm(new URLSearchParams(kept).toString());
  return { fields, kind: "payment", secrets: [secret], environment: "test", order: null, otherKeys: [], ...values };
}

const cases: [string, Broken, Repair | null][] = [
  [
    "a value cut at an ampersand, with the order's own text put back",
    arrived({ subject: "Cold brew " }, { order }),
    {
      kind: "cut-at-ampersand",
      values: [{ name: "subject", arrived: "Cold brew ", signed: "Cold brew & cake" }],
    },
  ],
  [
    "a value cut at an ampersand that left a name behind",
    arrived({ subject: "Cold brew ", " cake": "" }, { order }),
    {
      kind: "cut-at-ampersand",
      values: [{ name: "subject", arrived: "Cold brew ", signed: "Cold brew & cake" }],
    },
  ],
  [
    "a value cut at an ampersand of an order that nobody knows",
    arrived({ subject: "Cold brew ", " cake": null }),
    { kind: "cut-at-ampersand", values: [] },
  ],
  [
    "a text that somebody trimmed or changed",
    arrived({ subject: "COLD BREW & CAKE" }, { order }),
    {
      kind: "altered",
      values: [{ name: "subject", arrived: "COLD BREW & CAKE", signed: "Cold brew & cake" }],
    },
  ],
  [
    "a plus that became a space",
    arrived({ body: "1 1 deal" }),
    { kind: "altered", values: [{ name: "body", arrived: "1 1 deal", signed: "1+1 deal" }] },
  ],
  [
    "a parameter of our address that bears a name of the protocol",
    arrived({ version: "7" }, { order: { ...order, notifyUrl: "https://shop.example/notify?version=7" } }),
    { kind: "own-parameters", names: ["version"] },
  ],
  [
    "the first name glued to a parameter without a value",
    arrived({ payOrderId: null, flagpayOrderId: "P1" }),
    { kind: "glued-name", arrived: "flagpayOrderId", meant: "payOrderId" },
  ],
  [
    "the key of another credential",
    arrived(
      {},
      { otherKeys: [{ credentialId: "c2", label: "UnionPay", environment: "production", secret: other }] },
      other,
    ),
    { kind: "other-key", credentialId: "c2", label: "UnionPay", environment: "production" },
  ],
  ["nothing for a forged message", arrived({}, { order }, other), null],
  ["nothing where there is no signature", arrived({ sign: "" }, { order }), null],
];

test.each(cases)("finds %s", async (_, broken, repair) => {
  expect(await repairSignature(broken)).toEqual(repair);
});

test("no verdict tells the stored secret letter by letter", async () => {
  for (const letters of [1, 2, 8, 19]) {
    const guessed = new Secret(secret.reveal().slice(0, letters));
    expect(await repairSignature(arrived({}, {}, guessed))).toBeNull();
  }
  // One slip in a key that nobody guesses is named, but never about a key of production.
  const mistyped = new Secret(secret.reveal().replace("test", "tst"));
  expect(await repairSignature(arrived({}, {}, mistyped))).toMatchObject({ mistake: "key_mistyped" });
  expect(await repairSignature(arrived({}, { environment: "production" }, mistyped))).toBeNull();
});

test("a message of as many fields as anybody likes keeps nobody waiting, and is given up", async () => {
  const many = Array.from({ length: 2000 }, (_, place) => `v${place}=++++++++`).join("&");
  const fields = readForm(`${many}&sign=${"0".repeat(32)}`);
  let turnsOfOthers = 0;
  const others = setInterval(() => turnsOfOthers++, 1);
  try {
    expect(await repairSignature({ ...arrived({}), fields })).toBeNull();
  } finally {
    clearInterval(others);
  }
  expect(turnsOfOthers).toBeGreaterThan(3);
});
