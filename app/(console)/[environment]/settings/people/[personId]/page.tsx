import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ActiveForm, NewLinkForm, RoleForm } from "@/components/people/person-forms";
import { PersonState } from "@/components/people/person-state";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { DefinitionList } from "@/components/ui/definition-list";
import { PageTitle } from "@/components/ui/page-title";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { findPerson } from "@/db/queries/people";
import { requireScope } from "@/lib/auth/require-viewer";
import { changeRoleAction, renewInvitationAction, setPersonActiveAction } from "../actions";

type Props = { params: Promise<{ environment: string; personId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Person", (await params).environment);
}

export default async function PersonPage({ params }: Props) {
  const { environment, personId } = await params;
  const { viewer } = await requireScope(environment, "people:read");
  const person = await findPerson(viewer, personId);
  if (person === null) notFound();
  const isYou = person.id === viewer.personId;
  return (
    <div className="max-w-[620px]">
      <Breadcrumb items={[{ label: "People", href: `/${environment}/settings/people` }, { label: person.name }]} />
      <PageTitle caption={<PersonState person={person} />}>{person.name}</PageTitle>
      <div className="mt-4">
        <DefinitionList
          rows={[
            { term: "E-mail", value: person.email },
            { term: "Role", value: person.role },
            { term: "Added", value: <Time at={person.createdAt} /> },
            { term: "Last seen", value: person.lastSeenAt ? <Time at={person.lastSeenAt} /> : null },
          ]}
        />
      </div>
      {isYou ? (
        <p className="mt-6 text-ink-2">This is you. Another admin has to change your role or shut you out.</p>
      ) : (
        <>
          <Section title="Role">
            <RoleForm action={changeRoleAction} personId={person.id} role={person.role} />
          </Section>
          {person.isActive ? (
            <Section title="Link" caption="for a first or a new password; earlier links end">
              <NewLinkForm action={renewInvitationAction} personId={person.id} name={person.name} />
            </Section>
          ) : null}
          <Section
            title="Access"
            caption={person.isActive ? "shutting out ends every session at once" : "earlier sessions stay ended"}
          >
            <ActiveForm
              action={setPersonActiveAction}
              personId={person.id}
              name={person.name}
              isActive={person.isActive}
            />
          </Section>
        </>
      )}
    </div>
  );
}
