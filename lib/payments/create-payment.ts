import { z } from "zod";
import { sqlClient } from "@/db/client";
import { insertPaymentIntent, readPaymentForActing } from "@/db/commands/payments";
import { amountsSoldBefore } from "@/db/queries/sold-before";
import { gatewayFor } from "@/lib/credentials/gateway-for";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import type { OpenCredential } from "@/lib/credentials/open-credential";
import { CredentialId, MchOrderNo, newId, PaymentId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { Currency, type MinorUnits, parseAmount } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { secondLookQuestion, unitSuspicion } from "@/lib/domain/unit-guard";
import type { Scope } from "@/lib/domain/viewer";
import { missingExtras } from "@/lib/domain/way-codes";
import { maskText } from "@/lib/gateway/masking";
import { checkRequest, type PaymentRequest } from "@/lib/gateway/wire/requests";
import { applyObservation } from "./apply-observation";
import { callRowOf } from "./call-row";
import { credentialForPayment } from "./credential-for-payment";
import { isHoldingWay } from "./holding-way";
import { newsOfFailedOrder, paymentNewsOf } from "./payment-news";

const typed = z.string().trim().default("");

/** A payment as a person types it: sums in major units, empty texts for what was left out. */
export const CreatePaymentInput = z.object({
  mchOrderNo: MchOrderNo,
  wayCode: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_]{1,30}$/, "Choose how the payer pays, or write a way code such as WX_QR."),
  credentialId: z.union([CredentialId, z.literal("").transform(() => undefined)]).optional(),
  amount: z.string(),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .pipe(z.string().regex(/^[A-Z]{3}$/, "Three letters, for example HKD."))
    .default("HKD"),
  subject: typed,
  body: typed,
  expiredTimeSeconds: z.coerce
    .number()
    .int("Whole seconds.")
    .min(1)
    .max(30 * 24 * 3600)
    .default(7200),
  clientIp: typed,
  returnUrl: typed,
  extParam: typed,
  /** JSON text; the way's own extras are put into it. */
  channelExtra: typed,
  /** What this way needs, by the protocol's names. */
  extra: z.record(z.string(), z.string().trim()).default({}),
  /** `1`: the money shall only be held. How the gateway tells such orders apart is not published (3.2). */
  hold: z.string().default(""),
  /** The sum, in minor units, that the person looked at twice because it seemed a slip of units. */
  secondLook: z.string().default(""),
});
export type CreatePaymentInput = z.infer<typeof CreatePaymentInput>;

/**
 * Stores the payment, then tells the gateway, then records what it said. When no usable answer comes the payment stays
 * open as unclear and the worker asks about it, so a payment that exists can never be lost.
 *
 * @returns the payment's id also when the gateway refused it: the page says what happened
 */
export async function createPayment(scope: Scope, input: CreatePaymentInput): Promise<Result<PaymentId, Problem>> {
  const refusal = refusalFor(scope, "payments:create");
  if (refusal) return err(refusal);
  const credential = await credentialForPayment(scope, { wayCode: input.wayCode, credentialId: input.credentialId });
  if (!credential.ok) return credential;
  const request = requestOf(input, credential.value);
  if (!request.ok) return request;
  const doubt = await doubtOf(request.value, credential.value, input.secondLook);
  if (doubt) return err(doubt);

  const { channelExtra } = request.value;
  const isHold = input.hold === "1" || (await isHoldingWay(credential.value, input.wayCode));
  const stored = await insertPaymentIntent(
    sqlClient(),
    credential.value.merchantId,
    {
      id: newId(PaymentId),
      credentialId: credential.value.id,
      mchOrderNo: request.value.mchOrderNo,
      wayCode: request.value.wayCode,
      amount: request.value.amount,
      currency: request.value.currency,
      subject: request.value.subject,
      body: request.value.body,
      clientIp: request.value.clientIp ?? null,
      notifyUrl: request.value.notifyUrl ?? null,
      returnUrl: request.value.returnUrl ?? null,
      expiredTimeSeconds: input.expiredTimeSeconds,
      channelExtra: channelExtra === undefined ? null : maskText(channelExtra),
      extParam: request.value.extParam ?? null,
      isAdopted: false,
      isHold,
    },
    {
      actor: scope.viewer.personId,
      details: { act: "create", amount: request.value.amount, currency: request.value.currency, isHold },
    },
  );
  if (!stored.isNew) return sameAsBefore(credential.value, stored.id, { ...request.value, isHold });

  await sendOrder(credential.value, stored.id, request.value, scope.viewer.personId);
  return ok(stored.id);
}

/** Asks for a second look at a sum that is a slip of units away from what the same was sold for lately. */
async function doubtOf(
  { amount, currency, subject }: PaymentRequest,
  { merchantId }: OpenCredential,
  secondLook: string,
): Promise<Problem | null> {
  if (secondLook === String(amount)) return null;
  const before = await amountsSoldBefore(merchantId, { subject, currency });
  const suspicion = unitSuspicion(amount, before, currency);
  if (!suspicion) return null;
  const question = secondLookQuestion(amount, suspicion, currency);
  return problem("second-look", question, { secondLook: [question] });
}

/** A double click is the payment it made before. A form sent again with other content is not: nothing came of it. */
async function sameAsBefore(
  { merchantId }: OpenCredential,
  paymentId: PaymentId,
  request: PaymentRequest & { isHold: boolean },
): Promise<Result<PaymentId, Problem>> {
  const before = await readPaymentForActing(sqlClient(), [merchantId], paymentId);
  const isSame =
    before !== null &&
    (before.heldAmount ?? before.amount) === request.amount &&
    (before.heldAmount !== null) === request.isHold &&
    before.currency === request.currency &&
    before.wayCode === request.wayCode;
  if (isSame) return ok(paymentId);
  const message = "There is a payment of this number already, with another sum or way. Nothing was sent.";
  return err(problem("number-taken", message, { mchOrderNo: [`${message} Open the form again for a new number.`] }));
}

const firstQuestionMs = 5_000;

async function sendOrder(
  credential: OpenCredential,
  paymentId: PaymentId,
  request: PaymentRequest,
  actor: string,
): Promise<void> {
  const call = await gatewayFor(credential, { paymentId, refundId: null, actor }).createPayment(request);
  const { result } = call;
  const news = result.ok ? paymentNewsOf(result.value, "answer") : newsOfFailedOrder(result.error);
  await applyObservation({
    subject: "payment",
    environment: credential.environment,
    merchantId: credential.merchantId,
    target: { paymentId },
    // An answer without a state we know leaves the order open: it exists, and asking will tell.
    news: result.ok && news.to === null ? { ...news, to: "unclear" } : news,
    evidence: { by: "answer", call: callRowOf(credential, call), actor },
    nextAsk: ["paid", "declined", "cancelled", "refunded", "closed", "refused"].includes(news.to ?? "")
      ? "never"
      : firstQuestionMs,
  });
}

/** The request as it will be signed, or what is wrong with it, by the names of the form's fields. */
function requestOf(input: CreatePaymentInput, credential: OpenCredential): Result<PaymentRequest, Problem> {
  const fields: Record<string, string[]> = {};
  const amount = parseAmount(input.amount, input.currency);
  if (!amount.ok) fields["amount"] = [amount.error.message];
  for (const extra of missingExtras(input.wayCode, input.extra)) {
    fields[`extra.${extra.name}`] = [`${input.wayCode} needs ${extra.label}.`];
  }
  const channelExtra = channelExtraOf(input);
  if (!channelExtra.ok) fields["channelExtra"] = [channelExtra.error];

  const request: PaymentRequest = {
    mchOrderNo: input.mchOrderNo,
    wayCode: input.wayCode,
    amount: amount.ok ? amount.value : (1 as MinorUnits),
    currency: Currency.parse(input.currency),
    subject: input.subject,
    body: input.body === "" ? input.subject : input.body,
    notifyUrl: notifyUrls(credential.id).payment,
    expiredTime: input.expiredTimeSeconds,
    ...(input.clientIp ? { clientIp: input.clientIp } : {}),
    ...(input.returnUrl ? { returnUrl: input.returnUrl } : {}),
    ...(input.extParam ? { extParam: input.extParam } : {}),
    ...(channelExtra.ok && channelExtra.value ? { channelExtra: channelExtra.value } : {}),
  };
  for (const { field, message } of checkRequest("unifiedOrder", request)) {
    const name = field === "expiredTime" ? "expiredTimeSeconds" : field;
    fields[name] = [...(fields[name] ?? []), message];
  }
  if (Object.keys(fields).length === 0) return ok(request);
  return err(problem("invalid-payment", "Nothing was sent. Correct the marked fields and send again.", fields));
}

function channelExtraOf(input: CreatePaymentInput): Result<string | null, string> {
  const extras = Object.entries(input.extra).filter(([, value]) => value !== "");
  if (input.channelExtra === "" && extras.length === 0) return ok(null);
  if (extras.length === 0) return ok(input.channelExtra);
  const written =
    input.channelExtra === "" ? { success: true as const, data: {} } : jsonObject.safeParse(input.channelExtra);
  if (!written.success) return err('Write a JSON object, for example {"walletType":"HK"}.');
  return ok(JSON.stringify({ ...written.data, ...Object.fromEntries(extras) }));
}

const jsonObject = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));
