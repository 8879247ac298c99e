import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Diagnosis } from "@/components/doctor/diagnosis";
import { pageMetadata } from "@/components/shell/page-metadata";
import { VerdictLabel } from "@/components/states/verdict-label";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { Id } from "@/components/ui/id";
import { PageTitle } from "@/components/ui/page-title";
import { requireScope } from "@/lib/auth/require-viewer";
import { examineNotification } from "@/lib/doctor/examine-notification";
import { NotificationId } from "@/lib/domain/ids";
import { roleMay } from "@/lib/domain/roles";

type Props = { params: Promise<{ environment: string; notificationId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Notification doctor", (await params).environment);
}

export default async function NotificationDoctorPage({ params }: Props) {
  const { environment: named, notificationId } = await params;
  const scope = await requireScope(named, "notifications:read");
  const id = NotificationId.safeParse(notificationId);
  const examined = id.success ? await examineNotification(scope, id.data) : null;
  if (!examined) notFound();
  const { notification, climb } = examined;
  const root = `/${scope.environment}`;
  return (
    <article className="max-w-[940px]">
      <Breadcrumb
        items={[
          { label: "Notification doctor", href: `${root}/doctor` },
          {
            label: notification.orderNo ? (
              <Id value={notification.orderNo} label="order number" />
            ) : (
              "a message without a number"
            ),
          },
        ]}
      />
      <PageTitle
        caption={<VerdictLabel verdict={notification.verdict} />}
        aside={
          <>
            <LinkButton href={`${root}/notifications/${notification.id}`} size="sm">
              The message as it arrived
            </LinkButton>
            {notification.payment ? (
              <LinkButton href={`${root}/doctor/payments/${notification.payment.id}`} size="sm">
                Its order’s tries
              </LinkButton>
            ) : null}
          </>
        }
      >
        What is the matter with it
      </PageTitle>
      <div className="mt-6">
        <Diagnosis climb={climb} root={root} maySeeCredentials={roleMay(scope.viewer.role, "credentials:read")} />
      </div>
    </article>
  );
}
