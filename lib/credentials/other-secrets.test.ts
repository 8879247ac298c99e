import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeMerchant, type TestMerchant } from "@/db/testing/rows";
import { CredentialId, newId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { otherSecrets } from "./other-secrets";
import { seal } from "./seal";

let database: TestDatabase;
let shops: (TestMerchant & { appId: string; secret: string })[];

beforeAll(async () => {
  database = await testDatabase();
  shops = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => productionShop(`an-invented-secret-${number}`)));
});
afterAll(() => database.close());

async function productionShop(secret: string) {
  const merchant = await makeMerchant(database.sql, "production");
  await addSecret(merchant, merchant.credentialId, secret);
  return { ...merchant, appId: merchant.credentialId.slice(0, 24), secret };
}

async function addSecret(
  { merchantId }: TestMerchant,
  credentialId: TestMerchant["credentialId"],
  secret: string,
): Promise<void> {
  const { sealed, wrappedKey } = seal(new Secret(secret), { merchantId, credentialId, version: 1 });
  await database.sql`
    insert into credential_secrets (
      merchant_id, credential_id, version, sealed, wrapped_key, fingerprint, last_four, length, stage
    ) values (${merchantId}, ${credentialId}, 1, ${sealed}, ${wrappedKey}, '00000000', 'nted', 20, 'current')`;
}

async function secretsFor(appId: string | null, mchNo: string | null, now = 0): Promise<string[]> {
  const { isNamed, versions } = await otherSecrets("test", { appId, mchNo }, now);
  return isNamed ? versions.map(({ secret }) => secret.reveal()) : [];
}

test("a message is held against the keys of the application that it names, and against no other's", async () => {
  const [shop, neighbour] = shops;
  if (!shop || !neighbour) throw new Error("no shops");
  expect(await secretsFor(shop.appId, shop.mchNo)).toEqual([shop.secret]);
  expect(await secretsFor(shop.appId, null)).toEqual([shop.secret]);
  expect(await secretsFor(null, shop.mchNo)).toEqual([shop.secret]);
  expect(await secretsFor(shop.appId, neighbour.mchNo)).toEqual([]);
  expect(await secretsFor("000000000000000000000000", shop.mchNo)).toEqual([]);
});

test("a message that names nobody is held against no key", async () => {
  expect(await secretsFor(null, null)).toEqual([]);
  expect(await secretsFor("", "")).toEqual([]);
});

test("however many applications a merchant has, few keys are held against a message that names only the merchant", async () => {
  const [shop] = shops;
  if (!shop) throw new Error("no shops");
  for (let number = 0; number < 8; number += 1) {
    const id = newId(CredentialId);
    await database.sql`insert into credentials (merchant_id, id, label, base_url, app_id, way_codes)
      values (${shop.merchantId}, ${id}, 'Till', 'http://127.0.0.1:1', ${id.replaceAll("-", "").slice(8)}, '{}')`;
    await addSecret(shop, id, `an-invented-secret-of-till-${number}`);
  }
  expect(await secretsFor(null, shop.mchNo, 3_600_000)).toHaveLength(4);
});

test("a message that names nobody's application costs the work of one that is there, and nothing comes of it", async () => {
  const standIn = await otherSecrets("test", { appId: "000000000000000000000000", mchNo: null }, 7_200_000);
  expect(standIn).toMatchObject({ isNamed: false, versions: [expect.anything()] });
  expect(await otherSecrets("production", { appId: "000000000000000000000000", mchNo: null })).toEqual({
    isNamed: false,
    versions: [],
  });
});
