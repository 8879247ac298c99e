import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { makeMerchant } from "@/db/testing/rows";
import type { CredentialId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import { openCredentialNow } from "./open-credential";
import { proveMasterKey } from "./prove-master-key";
import { rewrapSecrets } from "./rewrap-secrets";
import { open, SealBroken, seal } from "./seal";

// As after the second step of a change: the new key seals, and the old one still opens.
const old = Buffer.alloc(32, 7);
const foreign = Buffer.alloc(32, 9);

let database: TestDatabase;
let mine: CredentialId[];

beforeAll(async () => {
  database = await testDatabase();
  process.env["MASTER_KEY_ALSO"] = old.toString("base64");
  mine = [await shop(1, old), await shop(2, old), await shop(3)];
});
afterAll(() => database.close());

async function shop(number: number, masterKey?: Buffer): Promise<CredentialId> {
  const { merchantId, credentialId } = await makeMerchant(database.sql);
  const place = { merchantId, credentialId, version: 1 };
  const { sealed, wrappedKey } = seal(new Secret(`an-invented-secret-${number}`), place, masterKey);
  await database.sql`
    insert into credential_secrets (
      merchant_id, credential_id, version, sealed, wrapped_key, fingerprint, last_four, length, stage
    ) values (${merchantId}, ${credentialId}, 1, ${sealed}, ${wrappedKey}, '00000000', 'nted', 20, 'current')`;
  return credentialId;
}

async function secrets(): Promise<(string | undefined)[]> {
  const found = await Promise.all(mine.map((id) => openCredentialNow(id)));
  return found.map((credential) => credential?.current.secret.reveal());
}

const all = ["an-invented-secret-1", "an-invented-secret-2", "an-invented-secret-3"];

test("every secret is wrapped anew while others open them, and the old key opens none afterwards", async () => {
  let isDone = false;
  const reader = async () => {
    let rounds = 0;
    for (; !isDone || rounds < 3; rounds++) expect(await secrets()).toEqual(all);
  };
  const readers = [reader(), reader()];
  expect(await rewrapSecrets({ kind: "script" })).toEqual({ rewrapped: 2, unchanged: 1, broken: [] });
  isDone = true;
  await Promise.all(readers);

  const rows = await database.sql`
    select merchant_id as "merchantId", credential_id as "credentialId", version, sealed, wrapped_key as "wrappedKey"
    from credential_secrets`;
  for (const row of rows) {
    const [box, place] = [row, row] as unknown as [Parameters<typeof open>[0], Parameters<typeof open>[1]];
    expect(() => open(box, place, [old])).toThrow(SealBroken);
  }
  expect(await rewrapSecrets({ kind: "script" })).toEqual({ rewrapped: 0, unchanged: 3, broken: [] });
  const notes = await database.sql`select actor, details from audit_entries where action = 'master-key.changed'`;
  expect(notes[0]).toEqual({ actor: "script", details: { rewrapped: 2, unchanged: 1, broken: 0 } });
});

test("a secret that opens with none of the keys is named and left, and stops a start only where no other opens", async () => {
  await proveMasterKey();
  const lost = await shop(4, foreign);
  const done = await rewrapSecrets({ kind: "script" });
  expect(done).toMatchObject({ rewrapped: 0, unchanged: 3 });
  expect(done.broken).toEqual([expect.stringContaining(`secret 1 of credential ${lost} does not open`)]);
  await proveMasterKey();
  await database.sql`update credential_secrets set stage = 'retired' where credential_id <> ${lost}`;
  await expect(proveMasterKey()).rejects.toThrow(/^MASTER_KEY does not open the stored secrets: [^\n]*$/);
});
