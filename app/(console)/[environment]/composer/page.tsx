import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Composer } from "@/components/composer/composer";
import { pageMetadata } from "@/components/shell/page-metadata";
import { type CallDetails, findCall } from "@/db/queries/call-page";
import { listCredentials } from "@/db/queries/credentials";
import { requireScope } from "@/lib/auth/require-viewer";
import { operationsFor } from "@/lib/composer/operations";
import { GatewayCallId, newMchOrderNo, newMchRefundNo } from "@/lib/domain/ids";
import { type AddressParams, readParam } from "@/lib/domain/list-address";
import type { Scope } from "@/lib/domain/viewer";
import { commonWayCodes } from "@/lib/domain/way-codes";
import { sendComposedAction } from "./actions";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Request composer", (await params).environment);
}

/** `?operation=` chooses what is asked, `?write=raw` a body instead of fields, `?call=` begins with a call that was kept. */
export default async function ComposerPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "composer:use");
  const asked = await searchParams;
  const [call, listed] = await Promise.all([openedCall(scope, asked), listCredentials(scope)]);
  const credentials = listed.filter(({ isActive }) => isActive);
  const operations = operationsFor(scope.environment);
  const named = call?.operation ?? readParam(asked, "operation", z.string().max(40));
  const operation = operations.find(({ name }) => name === named) ?? operations[0];
  if (!operation) notFound();
  const isTest = scope.environment === "test";
  const isRaw = isTest && (readParam(asked, "write", z.literal("raw")) !== null || Boolean(call?.sentBody));
  const wayCode = credentials[0]?.wayCodes[0] ?? commonWayCodes[0] ?? "";
  return (
    <Composer
      key={call?.id ?? ""}
      environment={scope.environment}
      operations={operations}
      operation={operation}
      isRaw={isRaw}
      credentials={credentials.map(({ id, label, appId }) => ({ id, label, appId }))}
      encoding={call?.encoding === "form" ? "form" : (credentials[0]?.encoding ?? "json")}
      start={call?.requestFields ?? (isTest ? startOf(operation.name, wayCode) : {})}
      startBody={call?.sentBody ?? null}
      send={sendComposedAction}
    />
  );
}

/** A request that can be sent as it is: the first signed order on an empty machine is one click away. */
function startOf(operation: string, wayCode: string): Record<string, string> {
  if (operation === "unifiedOrder") {
    return {
      ...{ mchOrderNo: newMchOrderNo(), wayCode, amount: "100", currency: "HKD" },
      ...{ subject: "Composed order", body: "Written by hand" },
    };
  }
  return operation === "refundOrder"
    ? { mchRefundNo: newMchRefundNo(), refundAmount: "100", currency: "HKD", refundReason: "Composed refund" }
    : {};
}

/** The call that the address names; `null` when it names none. */
async function openedCall(scope: Scope, asked: AddressParams): Promise<CallDetails | null> {
  const callId = readParam(asked, "call", GatewayCallId);
  if (callId === null) return null;
  const call = await findCall(scope, callId);
  if (!call) notFound();
  return call;
}
