"use client";

import { useRouter } from "next/navigation";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Action } from "@/lib/actions/action-state";
import type { Environment } from "@/lib/domain/environment";
import { formatMoney } from "@/lib/domain/money";

type Props = {
  act: "cancel" | "close";
  action: Action;
  environment: Environment;
  path: string;
  payment: { id: string; mchOrderNo: string; amount: number; currency: string };
};

/** Asks once more before something that cannot be undone, and names what stays when the answer is no. */
export function ConfirmAct({ act, action, environment, path, payment }: Props) {
  const router = useRouter();
  const [state, submit] = useActionState(action, { status: "idle" });
  const sum = formatMoney(payment.amount, payment.currency);
  const words =
    act === "cancel"
      ? {
          title: `Cancel the payment of ${sum}, order ${payment.mchOrderNo}?`,
          facts: `The whole sum goes back to the payer the way it came. This works on the day of the payment only (Hong Kong time), and cannot be undone.`,
          yes: `Cancel ${sum}`,
          no: "Keep the money",
        }
      : {
          title: `Close order ${payment.mchOrderNo} over ${sum}?`,
          facts: `The payer can no longer pay it, and its number is used up. If the payer pays at this very moment, the money still counts and you will see it here.`,
          yes: "Close the order",
          no: "Keep it open",
        };
  const leave = () => router.replace(path, { scroll: false });
  const fields = (
    <>
      <input type="hidden" name="environment" value={environment} />
      <input type="hidden" name="paymentId" value={payment.id} />
    </>
  );

  return (
    <>
      <Dialog open onClose={leave} title={words.title} environment={environment}>
        <p className="text-13 leading-normal text-ink-2">{words.facts}</p>
        {state.status === "refused" ? (
          <div className="mt-3">
            <Notice tone="failed" title={state.reason} live="alert" />
          </div>
        ) : null}
        <form action={submit} className="mt-5 flex flex-wrap justify-end gap-2 max-desk:[&>*]:flex-1">
          {fields}
          <Button onClick={leave}>{words.no}</Button>
          <SubmitButton variant="danger">{words.yes}</SubmitButton>
        </form>
      </Dialog>
      <section className="mb-6 hidden border border-edge noscript:block">
        <EnvironmentBand environment={environment} />
        <form action={submit} className="grid gap-3 p-4">
          {fields}
          <h2>{words.title}</h2>
          <p>{words.facts}</p>
          {state.status === "refused" ? <p>{state.reason}</p> : null}
          <button type="submit" className="btn" data-variant="danger">
            {words.yes}
          </button>
          <a href={path}>{words.no}</a>
        </form>
      </section>
    </>
  );
}
