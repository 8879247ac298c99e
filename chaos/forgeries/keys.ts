import { openDatabase } from "@/db/client";
import { ensureMerchant, insertCredential, insertPendingSecret, insertSecret } from "@/db/commands/credentials";
import { promotePending, retirePrevious } from "@/db/commands/secret-stages";
import { seal } from "@/lib/credentials/seal";
import { marksOf } from "@/lib/credentials/secret-marks";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId, newId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Shop } from "../shop/shop";

/** Invented keys that exist, and that must not open this shop's door. */
export const strangeKeys = {
  otherApp: "invented-secret-of-another-application",
  production: "invented-secret-of-the-production-environment",
  retired: "invented-secret-that-was-retired",
} as const;

export const otherAppId = "60cc09bce4b0f1c0b83761ca";
export const productionSender = { mchNo: "M1621873433999", appId: "60cc09bce4b0f1c0b83761cb" };

/** Where each of the strange keys is at home. */
export type StrangeCredentials = { otherApp: CredentialId; production: CredentialId };

/** Another application of the same merchant, a merchant in production, and a secret of ours from before. */
export async function addStrangeKeys(shop: Shop): Promise<StrangeCredentials> {
  const masterKey = Buffer.from(process.env["MASTER_KEY"] ?? "", "base64");
  const { db, sql } = openDatabase(shop.databaseUrl, { max: 1, statementTimeoutMs: 60_000, lockTimeoutMs: 10_000 });
  const add = async (environment: Environment, mchNo: string, appId: string, key: string) => {
    const credentialId = newId(CredentialId);
    await db.transaction(async (tx) => {
      const merchantId = await ensureMerchant(tx, { environment, mchNo });
      const where = { merchantId, credentialId };
      const values = { label: `Chaos ${appId}`, baseUrl: shop.sender.baseUrl, encoding: "json" as const, wayCodes: [] };
      await insertCredential(tx, where, { ...values, appId });
      await insertSecret(tx, { ...where, version: 1 }, sealed(key, { ...where, version: 1 }));
    });
    return credentialId;
  };
  const sealed = (key: string, place: Parameters<typeof seal>[1]) => {
    const secret = new Secret(key);
    return { ...seal(secret, place, masterKey), ...marksOf(secret) };
  };
  const otherApp = await add("test", shop.sender.mchNo, otherAppId, strangeKeys.otherApp);
  const production = await add("production", productionSender.mchNo, productionSender.appId, strangeKeys.production);
  const where = { merchantId: shop.merchantId, credentialId: shop.credentialId };
  // Two rotations push the invented old one out; the shop's own secret stands at the end again.
  for (const [version, key] of [
    [2, strangeKeys.retired],
    [3, "invented-secret-in-between"],
    [4, shop.sender.secret],
  ] as const) {
    if (version > 2)
      await retirePrevious(sql, where, { current: version - 1, previous: version - 2, ending: "proven" });
    await db.transaction((tx) => insertPendingSecret(tx, { ...where, version }, sealed(key, { ...where, version })));
    await promotePending(sql, where, { from: version - 1, to: version, isSelfPromoted: false });
  }
  await sql.end({ timeout: 5 });
  return { otherApp, production };
}
