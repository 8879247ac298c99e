import { newMchOrderNo } from "@/lib/domain/ids";
import { sign } from "@/lib/gateway/signature";
import type { World } from "./world";

export type TillApp = { mchNo: string; appId: string; secret: string };
export type TillOrder = {
  notifyUrl?: string;
  subject?: string;
  body?: string;
  returnUrl?: string;
  amount?: number;
  wayCode?: string;
};

/** The first application of the merchant that the world's credential belongs to. */
export async function appOfWorld({ sandbox, database, credentialId }: World): Promise<TillApp> {
  const [credential] = await database.sql<{ mchNo: string; appId: string }[]>`
    select m.mch_no as "mchNo", c.app_id as "appId" from credentials c join merchants m using (merchant_id)
    where c.id = ${credentialId}`;
  const merchants = Object.values(await sandbox.control("merchants")) as { mchNo: string; apps: TillApp[] }[];
  const app = merchants
    .find(({ mchNo }) => mchNo === credential?.mchNo)
    ?.apps.find(({ appId }) => appId === credential?.appId);
  if (!credential || !app) throw new Error("the sandbox does not know the world's credential");
  return { ...credential, secret: app.secret };
}

/** Makes an order as another system would, past this console: with texts and addresses that we never send. */
export async function orderAtTill(
  { sandbox }: World,
  { mchNo, appId, secret }: TillApp,
  { amount = 1234, wayCode = "WX_QR", subject = "Coffee", body = subject, ...rest }: TillOrder,
): Promise<string> {
  const mchOrderNo = newMchOrderNo();
  const fields = {
    ...{ mchNo, appId, mchOrderNo, wayCode, amount, currency: "HKD", subject, body, ...rest },
    ...{ reqTime: Date.now(), version: "1.0", signType: "MD5" },
  };
  const response = await fetch(`${sandbox.url}/api/pay/unifiedOrder`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ ...fields, sign: sign(fields, secret) }),
  });
  const answer = (await response.json()) as { code: number; msg: string };
  if (answer.code !== 0) throw new Error(`the sandbox refused the order: ${answer.msg}`);
  return mchOrderNo;
}
