import type { Metadata } from "next";
import { z } from "zod";
import { CreatePaymentForm } from "@/components/payments/create-payment-form";
import type { NewPaymentStart } from "@/components/payments/new-payment-start";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { type CredentialChoice, listCredentialChoices } from "@/db/queries/credentials";
import { listHoldRules } from "@/db/queries/hold-rules";
import { paymentToRepeat } from "@/db/queries/payment-credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { newMchOrderNo, PaymentId } from "@/lib/domain/ids";
import { type AddressParams, readParam, WayCodeText } from "@/lib/domain/list-address";
import { amountForInput } from "@/lib/domain/money";
import { commonWayCodes } from "@/lib/domain/way-codes";
import { createPaymentAction } from "../actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("New payment", (await params).environment);
}

/** `?like=` begins with what an earlier payment had, `?way=` with a way code, `?hold=1` with a hold. */
export default async function NewPaymentPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "payments:create");
  const asked = await searchParams;
  const earlier = readParam(asked, "like", PaymentId);
  const [credentials, rules, like] = await Promise.all([
    listCredentialChoices(scope),
    listHoldRules(scope),
    earlier === null ? null : paymentToRepeat(scope, earlier),
  ]);
  const wayCode = like?.wayCode ?? readParam(asked, "way", WayCodeText) ?? firstCarried(credentials);
  const start: NewPaymentStart = {
    mchOrderNo: newMchOrderNo(),
    wayCode,
    credentialId: like?.credentialId ?? "",
    amount: like ? amountForInput(like.heldAmount ?? like.amount, like.currency) : "",
    currency: like?.currency ?? "HKD",
    subject: like?.subject ?? "",
    body: like?.body ?? "",
    expiredTimeSeconds: String(like?.expiredTimeSeconds ?? 7200),
    returnUrl: like?.returnUrl ?? "",
    extParam: like?.extParam ?? "",
    hold: like ? (like.heldAmount === null ? "" : "1") : (readParam(asked, "hold", z.literal("1")) ?? ""),
  };

  return (
    <>
      <Breadcrumb items={[{ label: "Payments", href: `/${scope.environment}/payments` }, { label: "New" }]} />
      <PageTitle>New payment</PageTitle>
      <div className="mt-5">
        {credentials.length === 0 ? (
          <div className="mb-6 max-w-[760px]">
            <Notice tone="unclear" title="No payment can be sent from here yet.">
              This environment has no active credential. An admin adds one under Settings, Credentials.
            </Notice>
          </div>
        ) : null}
        <CreatePaymentForm
          key={wayCode}
          action={createPaymentAction}
          environment={scope.environment}
          credentials={credentials.map(({ id, label, wayCodes }) => ({ id, label, wayCodes }))}
          holdingWays={Object.fromEntries(rules.map((row) => [row.credentialId, row.rules?.wayCodes ?? []]))}
          start={start}
        />
      </div>
    </>
  );
}

/** The first way of the matrix that can be used at all. */
function firstCarried(credentials: readonly CredentialChoice[]): string {
  const carries = (code: string) =>
    credentials.some(({ wayCodes }) => wayCodes.length === 0 || wayCodes.includes(code));
  return commonWayCodes.find(carries) ?? "";
}
