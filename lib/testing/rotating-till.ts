import { addCredential } from "@/lib/credentials/add-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import { openCredentialNow } from "@/lib/credentials/open-credential";
import { type CredentialId, newMchOrderNo, type PaymentId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";
import type { Scope } from "@/lib/domain/viewer";
import { sign } from "@/lib/gateway/signature";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import { CreatePaymentInput, createPayment } from "@/lib/payments/create-payment";
import type { World } from "./world";

/** An application of its own, whose keys are rotated here and at the gateway. */
export type RotatingTill = {
  mchNo: string;
  credentialId: CredentialId;
  admin: Scope;
  by: { scope: Scope; address: string };
  which: { credentialId: CredentialId };
  /** The key that both sides begin with. */
  first: Secret;
  gatewayUses(secret: Secret): Promise<void>;
  /** Sends a message that a key signed. Returns the version it is believed under, else what it is taken for. */
  told(secret: Secret): Promise<number | string>;
  pay(): Promise<PaymentId>;
  /** `version outcome`, or `version outcome, answered version`, of each call about a payment. */
  callsOf(paymentId: PaymentId): Promise<string[]>;
  stateOf(paymentId: PaymentId): Promise<string>;
  /** The version that signs. */
  signing(): Promise<number | undefined>;
  /** What the audit says after the credential was added; who did it, where that was not the admin. */
  audited(): Promise<string[]>;
};

export function inventedSecret(): Secret {
  return new Secret(`sk-invented-${crypto.randomUUID()}-${crypto.randomUUID()}`);
}

export async function openRotatingTill(world: World): Promise<RotatingTill> {
  const { sandbox, database } = world;
  const merchant = await sandbox.control("merchants", { environment: "test", apps: [{ name: "Till" }] });
  const [app] = merchant["apps"] as { appId: string; secret: string }[];
  const [mchNo, appId, first] = [String(merchant["mchNo"]), String(app?.appId), new Secret(String(app?.secret))];
  const typed = { label: "Till", baseUrl: sandbox.url, mchNo, appId, secret: first.reveal(), wayCodes: "" };
  const added = await addCredential({ actor: { kind: "script" }, address: null }, "test", NewCredential.parse(typed));
  if (!added.ok) throw new Error(added.error.message);
  const credentialId = added.value;
  const [admin, operator] = [await world.scopeOf("admin"), await world.scopeOf("operator")];
  return {
    mchNo,
    credentialId,
    admin,
    by: { scope: admin, address: "203.0.113.9" },
    which: { credentialId },
    first,
    async gatewayUses(secret) {
      await sandbox.control("apps", { mchNo, appId, secret: secret.reveal() });
    },
    async told(secret) {
      // About an order that nobody knows: genuine or not, it moves nothing.
      const mchOrderNo = newMchOrderNo();
      const fields = { mchNo, appId, mchOrderNo, amount: 100, currency: "HKD", state: 2, reqTime: Date.now() };
      const form = Object.entries({ ...fields, sign: sign(fields, secret) }).map(([name, value]) => [name, `${value}`]);
      await receiveNotification({
        ...{ credentialId, kind: "payment", query: "", headers: [], sourceAddress: null },
        ...{ contentType: "application/x-www-form-urlencoded", body: Buffer.from(`${new URLSearchParams(form)}`) },
      });
      const [row] = await database.sql`
        select authenticity, secret_version as version from notifications where order_no = ${mchOrderNo}`;
      return row?.["authenticity"] === "valid" ? row["version"] : row?.["authenticity"];
    },
    async pay() {
      const order = { mchOrderNo: newMchOrderNo(), wayCode: "WX_QR", amount: "12.34", subject: "Tea", body: "Tea" };
      const created = await createPayment(operator, CreatePaymentInput.parse({ ...order, credentialId }));
      if (!created.ok) throw new Error(created.error.message);
      return created.value;
    },
    async callsOf(paymentId) {
      const rows = await database.sql`
        select secret_version as version, answer_secret_version as answered, outcome from gateway_calls
        where payment_id = ${paymentId} order by recorded_at, id`;
      return rows.map(({ version, answered, outcome }) =>
        answered === null ? `${version} ${outcome}` : `${version} ${outcome}, answered ${answered}`,
      );
    },
    async stateOf(paymentId) {
      return (await database.sql`select state from payments where id = ${paymentId}`)[0]?.["state"];
    },
    async signing() {
      return (await openCredentialNow(credentialId))?.current.version;
    },
    async audited() {
      const rows = await database.sql`
        select action, actor from audit_entries where subject = ${`credential:${credentialId}`} order by id`;
      const said = rows.map(({ action, actor }) =>
        actor === admin.viewer.personId ? action : `${action} by ${actor}`,
      );
      return said.slice(1);
    },
  };
}
