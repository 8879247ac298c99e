import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { searchStoredAction } from "@/app/(console)/[environment]/debugger/actions";
import { Debugger } from "@/components/debugger/debugger";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Notice } from "@/components/ui/notice";
import { findCall } from "@/db/queries/call-page";
import { findNotification } from "@/db/queries/notification-page";
import { scopeOf } from "@/lib/auth/current-scope";
import { requireScope } from "@/lib/auth/require-viewer";
import { whoMay } from "@/lib/auth/who-may";
import { otherEnvironment } from "@/lib/domain/environment";
import { GatewayCallId, NotificationId } from "@/lib/domain/ids";
import { type AddressParams, readParam } from "@/lib/domain/list-address";
import { roleMay } from "@/lib/domain/roles";
import type { Scope } from "@/lib/domain/viewer";
import { CallPart, caseOfCall, caseOfNotification, partInQuestion } from "@/lib/signature-cases/stored-case";
import { credentialsOf } from "@/lib/signature-cases/stored-secrets";

type Props = { params: Promise<{ environment: string }>; searchParams: Promise<AddressParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Signature debugger", (await params).environment);
}

export default async function DebuggerPage({ params, searchParams }: Props) {
  const scope = await requireScope((await params).environment, "debugger:use");
  const { environment, viewer } = scope;
  const opened = await openedCase(scope, await searchParams);
  const mayTryProduction = roleMay(viewer.role, "debugger:search-production");
  const scopes = [scope, await scopeOf(viewer, otherEnvironment(environment))].filter(
    (one) => one.environment === "test" || mayTryProduction,
  );
  const maySearch = roleMay(viewer.role, "debugger:search");
  const credentials = maySearch ? await credentialsOf(scopes) : [];
  const missing = !maySearch ? "debugger:search" : mayTryProduction ? null : "debugger:search-production";
  return (
    <>
      {opened ? (
        <div className="mb-4 grid gap-3">
          <Breadcrumb items={[{ label: opened.from, href: opened.page }, { label: "Signature debugger" }]} />
          {opened.note ? (
            <Notice tone="unclear" title="This message is not whole any more.">
              {opened.note}
            </Notice>
          ) : null}
          {opened.other ? (
            <p className="text-13">
              <Link href={opened.other.href} className="link">
                {opened.other.label}
              </Link>
            </p>
          ) : null}
        </div>
      ) : null}
      <Debugger
        key={opened?.address ?? ""}
        environment={environment}
        opened={opened}
        credentials={credentials.map(({ id, label, appId, baseUrl, environment: its }) => ({
          id,
          label,
          appId,
          baseUrl,
          environment: its,
        }))}
        notForYou={missing === null ? null : await whoMay(missing)}
        search={searchStoredAction}
      />
      <noscript>
        <p className="mt-5 text-ink-2">
          The debugger works in your browser, so that a typed secret stays there. Switch JavaScript on to use it.
        </p>
      </noscript>
    </>
  );
}

type Opened = {
  text: string;
  note: string | null;
  /** Where this very case is. */
  address: string;
  from: string;
  page: string;
  other: { href: string; label: string } | null;
};

/** The stored message that the address names; `null` when it names none. */
async function openedCase(scope: Scope, asked: AddressParams): Promise<Opened | null> {
  const root = `/${scope.environment}`;
  const notificationId = readParam(asked, "notification", NotificationId);
  if (notificationId !== null) {
    const notification = await findNotification(scope, notificationId);
    if (!notification?.raw) notFound();
    return {
      ...caseOfNotification(notification.raw),
      address: `${root}/debugger?notification=${notificationId}`,
      from: "Notification",
      page: `${root}/notifications/${notificationId}`,
      other: null,
    };
  }
  const callId = readParam(asked, "call", GatewayCallId);
  if (callId === null) return null;
  const call = await findCall(scope, callId);
  const part = readParam(asked, "part", CallPart) ?? (call && partInQuestion(call));
  const stored = call && part ? caseOfCall(call, part) : null;
  if (!call || !part || !stored) notFound();
  const other: CallPart = part === "answer" ? "request" : "answer";
  const address = `${root}/debugger?call=${callId}`;
  return {
    ...stored,
    address: `${address}&part=${part}`,
    from: "Gateway call",
    page: `${root}/calls/${callId}`,
    other:
      caseOfCall(call, other) === null
        ? null
        : {
            href: `${address}&part=${other}`,
            label: part === "answer" ? "Look at the request of this call" : "Look at the answer to this request",
          },
  };
}
