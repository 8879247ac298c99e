import type { Metadata } from "next";
import { OwnPasswordForm } from "@/components/people/own-password-form";
import { OwnSessions } from "@/components/people/own-sessions";
import { pageMetadata } from "@/components/shell/page-metadata";
import { DefinitionList } from "@/components/ui/definition-list";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { listOwnSessions } from "@/db/queries/people";
import { requireScope } from "@/lib/auth/require-viewer";
import { changePasswordAction, endSessionAction } from "./actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Your account", (await params).environment);
}

export default async function AccountPage({ params }: Props) {
  const { viewer } = await requireScope((await params).environment, "self:write");
  const sessions = await listOwnSessions(viewer);
  return (
    <div className="max-w-[760px]">
      <PageTitle>Your account</PageTitle>
      <div className="mt-4">
        <DefinitionList
          rows={[
            { term: "Name", value: viewer.name },
            { term: "E-mail", value: viewer.email },
            { term: "Role", value: viewer.role },
          ]}
        />
      </div>
      <Section title="Where you are signed in" caption="a browser nobody uses for 15 minutes is signed out">
        <OwnSessions action={endSessionAction} sessions={sessions} />
      </Section>
      <Section title="Password" caption="changing it signs every other browser out">
        <OwnPasswordForm action={changePasswordAction} email={viewer.email} />
      </Section>
    </div>
  );
}
