import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMerchant } from "@/db/testing/rows";
import { openCredential } from "@/lib/credentials/open-credential";
import { seal } from "@/lib/credentials/seal";
import { newId, PersonId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope, Viewer } from "@/lib/domain/viewer";
import { readFields } from "@/lib/gateway/fields";
import { canonicalString, sign } from "@/lib/gateway/signature";
import { makeWorld, type World } from "@/lib/testing/world";
import { mostSearches, noteSearch } from "./search-limits";
import { type StoredSearch, searchStored } from "./search-stored";

let world: World;
let scope: Scope;
let message: Record<string, string | number>;
let secret: string;

beforeAll(async () => {
  world = await makeWorld("test");
  scope = await world.scopeOf("operator");
  const credential = await openCredential(world.credentialId);
  if (credential === null) throw new Error("the credential of this test is gone");
  secret = credential.current.secret.reveal();
  message = {
    ...{ mchNo: credential.mchNo, appId: credential.appId, mchOrderNo: "S1", amount: 100, subject: "Tea" },
    ...{ reqTime: "1767225600123", version: "1.0", signType: "MD5" },
  };
});

afterAll(async () => world.close());

/** Somebody new, so that no test uses up the searches of another. */
function anybody(): Scope {
  const viewer = { ...scope.viewer, personId: newId(PersonId) } as Viewer;
  return { ...scope, viewer } as Scope;
}

function searchOf(fields: Record<string, unknown>, receivedSign: string): StoredSearch {
  return { text: JSON.stringify(fields), receivedSign, endpoint: null, credentialId: null };
}

async function answerTo(search: StoredSearch, as: Scope = anybody()) {
  const found = await searchStored([as], search, null);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const md5 = (text: string) => createHash("md5").update(text).digest("hex").toUpperCase();

test("the mistake is named with the credential that the message belongs to, and the secret stays here", async () => {
  const { signType: _, ...without } = message;
  const answer = await answerTo(searchOf(message, sign(without, secret)));
  expect(answer.diagnosis.causes[0]?.mistake).toBe("signType_excluded");
  expect([answer.credential.appId, answer.isNamed]).toEqual([message["appId"], true]);
  expect(JSON.stringify(answer)).not.toContain(secret);
});

test("a right signature is called valid", async () => {
  expect((await answerTo(searchOf(message, sign(message, secret)))).diagnosis.verdict).toBe("valid");
});

test("whatever somebody composes, its right signature is never in the answer", { timeout: 240_000 }, async () => {
  const field = fc.tuple(
    fc.constantFrom("subject", "body", "extParam", "x", "key", "sign2"),
    fc.string({ unit: "binary" }),
  );
  const wrongSign = fc.oneof(fc.constant("0".repeat(32)), fc.string(), fc.constant(md5("guess")));
  await fc.assert(
    fc.asyncProperty(fc.array(field, { maxLength: 3 }), wrongSign, async (added, received) => {
      const fields = { ...message, ...Object.fromEntries(added) };
      const text = JSON.stringify(fields);
      const answer = await answerTo({ text, receivedSign: received, endpoint: "unifiedOrder", credentialId: null });
      const shown = JSON.stringify(answer);
      const digest = createHash("md5").update(`${canonicalString(readFields(text))}key=${secret}`);
      const bytes = digest.digest();
      for (const form of [bytes.toString("hex"), bytes.toString("base64")]) {
        expect(shown.toLowerCase()).not.toContain(form.toLowerCase());
      }
      expect(shown).not.toContain(secret);
    }),
    { numRuns: 5 },
  );
});

test("no verdict tells the secret letter by letter: a key that was cut short is not recognised", async () => {
  const text = `${canonicalString(message)}key=`;
  for (const letters of [0, 1, 2, 8, 19]) {
    const { diagnosis } = await answerTo(searchOf(message, md5(`${text}${secret.slice(0, letters)}`)));
    const named = diagnosis.causes.map(({ mistake }) => mistake);
    expect(named.filter((mistake) => mistake.includes("key_mistyped"))).toEqual([]);
  }
  // A letter that was lost in typing is: nobody can guess all the others.
  const { diagnosis } = await answerTo(searchOf(message, md5(`${text}${secret.slice(0, 30)}${secret.slice(31)}`)));
  expect(diagnosis.causes[0]?.mistake).toBe("key_mistyped");
});

test("of many searches at the same moment exactly as many are made as one person may make", async () => {
  const note = {
    ...{ viewer: anybody().viewer, credentialId: world.credentialId, environment: "production" as const },
    ...{ otherKeys: { test: 0, production: 0 }, address: null },
  };
  const asked = mostSearches.production + 8;
  const noted = await Promise.all(Array.from({ length: asked }, () => noteSearch(note)));
  expect(noted.filter(({ ok }) => ok)).toHaveLength(mostSearches.production);
  const audited = await world.database.sql`
    select action, count(*)::int as count from audit_entries
    where actor = ${note.viewer.personId} group by action order by action`;
  expect(audited.map(({ action, count }) => [action, count])).toEqual([
    ["debugger.limited", 1],
    ["debugger.searched", mostSearches.production],
  ]);
});

test("a search that tries production keys beside one of test uses up a search of production, and then goes without", async () => {
  const as = anybody();
  const production = await productionScope(as);
  const search = searchOf(message, "0".repeat(32));
  const asked = async () => {
    const found = await searchStored([as, production], search, null);
    if (!found.ok) throw new Error(found.error.message);
    const { otherKeys, otherEnvironments, isWithoutProduction } = found.value;
    return { otherKeys, otherEnvironments, isWithoutProduction };
  };
  const note = {
    ...{ viewer: as.viewer, credentialId: world.credentialId, environment: "production" as const },
    ...{ otherKeys: { test: 0, production: 0 }, address: null },
  };
  expect(await asked()).toEqual({ otherKeys: 1, otherEnvironments: ["production"], isWithoutProduction: false });
  expect(await noteSearch(note)).toMatchObject({ value: { left: mostSearches.production - 2 } });
  for (let used = 2; used < mostSearches.production; used += 1) await noteSearch(note);

  const without = { otherKeys: 0, otherEnvironments: [], isWithoutProduction: true };
  expect(await asked()).toEqual(without);
  expect(await asked()).toEqual(without);
  expect(await noteSearch(note)).toMatchObject({ ok: false, error: { kind: "too-many-searches" } });
  const audited = await world.database.sql`
    select action, environment, details from audit_entries
    where actor = ${as.viewer.personId} and (action = 'debugger.limited' or environment = 'test') order by at, id`;
  expect(audited.map(({ action, environment, details }) => [action, environment, details.environments])).toEqual([
    ["debugger.searched", "test", "test and production"],
    ["debugger.limited", "production", undefined],
    ["debugger.searched", "test", "test"],
    ["debugger.searched", "test", "test"],
  ]);
});

/** A credential of production, in the hands of the same person. */
async function productionScope({ viewer }: Scope): Promise<Scope> {
  const { sql } = world.database;
  const { merchantId, credentialId, mchNo } = await makeMerchant(sql, "production");
  const { sealed, wrappedKey } = seal(new Secret("an-invented-secret-of-production"), {
    ...{ merchantId, credentialId, version: 1 },
  });
  await sql`
    insert into credential_secrets (
      merchant_id, credential_id, version, sealed, wrapped_key, fingerprint, last_four, length, stage
    ) values (${merchantId}, ${credentialId}, 1, ${sealed}, ${wrappedKey}, '00000000', 'tion', 32, 'current')`;
  return { viewer, environment: "production", merchants: [{ merchantId, mchNo, label: "Shop" }] } as unknown as Scope;
}

test("every search is in the audit with the credential, and says nothing of the message", async () => {
  const as = anybody();
  await answerTo(searchOf(message, "0".repeat(32)), as);
  const [entry] = await world.database.sql`
    select action, environment, subject, details from audit_entries where actor = ${as.viewer.personId}`;
  expect(entry).toMatchObject({ action: "debugger.searched", environment: "test" });
  expect(entry?.["subject"]).toBe(`credential:${world.credentialId}`);
  expect(JSON.stringify(entry?.["details"])).not.toContain("Tea");
});

test("a credential that the person may not use is not found, as if there were none", async () => {
  const search = { ...searchOf(message, "0".repeat(32)), credentialId: world.credentialId };
  const nobody = { ...anybody(), merchants: [] } as Scope;
  const found = await searchStored([nobody], search, null);
  expect(found).toMatchObject({ ok: false, error: { kind: "nothing-stored" } });
});

test("what is no message is refused before any secret is touched", async () => {
  const as = anybody();
  const search = { ...searchOf({}, "x"), text: "<xml/>" };
  expect(await searchStored([as], search, null)).toMatchObject({ ok: false, error: { kind: "unreadable" } });
  const entries = await world.database.sql`select 1 from audit_entries where actor = ${as.viewer.personId}`;
  expect(entries).toHaveLength(0);
});
