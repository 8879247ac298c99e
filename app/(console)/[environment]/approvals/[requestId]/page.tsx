import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DecisionPanel, OwnRequestPanel } from "@/components/approvals/decision-forms";
import { EditRequestPanel } from "@/components/approvals/edit-request-panel";
import { RequestFacts, RequestHead, RequestPayment } from "@/components/approvals/request-facts";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { findRefundRequest, type RequestDetails } from "@/db/queries/refund-requests";
import { requireScope } from "@/lib/auth/require-viewer";
import { whoElseMay } from "@/lib/auth/who-may";
import type { Environment } from "@/lib/domain/environment";
import { PersonId, RefundRequestId } from "@/lib/domain/ids";
import { type AddressParams, readParam } from "@/lib/domain/list-address";
import { formatMoney } from "@/lib/domain/money";
import { roleMay } from "@/lib/domain/roles";
import type { Viewer } from "@/lib/domain/viewer";
import { approveRequestAction, declineRequestAction, editRequestAction, takeBackRequestAction } from "./actions";

type Props = {
  params: Promise<{ environment: string; requestId: string }>;
  searchParams: Promise<AddressParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Approval", (await params).environment);
}

export default async function RequestPage({ params, searchParams }: Props) {
  const { environment: named, requestId } = await params;
  const scope = await requireScope(named, "refunds:read");
  const id = RefundRequestId.safeParse(requestId);
  const request = id.success ? await findRefundRequest(scope, id.data) : null;
  if (!request) notFound();
  const isEditing = readParam(await searchParams, "do", z.literal("edit")) !== null;

  const { environment, viewer } = scope;
  const root = `/${environment}`;
  const path = `${root}/approvals/${request.id}`;
  return (
    <div className="max-w-[1208px]">
      <LiveRefresh topics={[request.paymentId]} />
      <Breadcrumb
        items={[
          { label: "Approvals", href: `${root}/approvals` },
          { label: <Id value={request.mchRefundNo} label="refund number" /> },
        ]}
      />
      <div className="grid gap-x-12 gap-y-8 wide:grid-cols-[minmax(0,1fr)_380px]">
        <div className="min-w-0">
          <RequestHead request={request} refundHref={request.refundId && `${root}/refunds/${request.refundId}`} />
        </div>
        <div className="min-w-0 empty:hidden wide:row-span-2">
          {request.state === "open" ? <Act {...{ request, viewer, environment, path, isEditing }} /> : null}
        </div>
        <div className="min-w-0">
          <Section title="Request">
            <RequestFacts request={request} />
          </Section>
          <Section title="Payment">
            <RequestPayment request={request} href={`${root}/payments/${request.paymentId}`} />
          </Section>
        </div>
      </div>
    </div>
  );
}

type ActProps = { request: RequestDetails; viewer: Viewer; environment: Environment; path: string; isEditing: boolean };

/** The one act of this page, which is another one for the maker, for a second person and for everybody else. */
async function Act({ request, viewer, environment, path, isEditing }: ActProps) {
  const seen = { environment, requestId: request.id, revision: request.revision };
  const isOwn = request.requestedBy === viewer.personId;
  if (isOwn && roleMay(viewer.role, "refunds:create")) {
    if (isEditing) {
      const left = request.payment.amount - request.payment.reservedAmount;
      return (
        <EditRequestPanel
          action={editRequestAction}
          environment={environment}
          path={path}
          request={request}
          left={left}
        />
      );
    }
    return (
      <OwnRequestPanel
        {...seen}
        takeBack={takeBackRequestAction}
        editHref={`${path}?do=edit`}
        helpers={await whoElseMay("refunds:approve", viewer)}
      />
    );
  }
  if (!isOwn && roleMay(viewer.role, "refunds:approve")) {
    return (
      <DecisionPanel
        {...seen}
        approve={approveRequestAction}
        decline={declineRequestAction}
        sum={formatMoney(request.amount, request.currency)}
        impossible={whyNot(request)}
      />
    );
  }
  const maker = { personId: PersonId.parse(request.requestedBy) };
  return <p className="text-13 text-ink-2">A second person decides. {await whoElseMay("refunds:approve", maker)}</p>;
}

/** What can be seen beforehand; the database decides at the moment of the approval. */
function whyNot({ amount, currency, makerName, makerIsActive, makerRole, payment }: RequestDetails): string | null {
  const left = payment.amount - payment.reservedAmount;
  if (payment.state !== "paid") return `The payment is ${payment.state}, so nothing of it can be refunded`;
  if (amount > left) return `Only ${formatMoney(left, currency)} can still be refunded`;
  if (!makerIsActive || makerRole === null || !roleMay(makerRole, "refunds:create")) {
    return `${makerName ?? "Its maker"} may not refund any more`;
  }
  return null;
}
