import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PeopleTable } from "@/components/people/people-table";
import { pageMetadata } from "@/components/shell/page-metadata";
import { LinkButton } from "@/components/ui/button";
import { PageTitle } from "@/components/ui/page-title";
import { listPeople } from "@/db/queries/people";
import { requireScope } from "@/lib/auth/require-viewer";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("People", (await params).environment);
}

export default async function PeoplePage({ params }: Props) {
  const { environment, viewer } = await requireScope((await params).environment, "people:read");
  const people = await listPeople(viewer);
  const path = `/${environment}/settings/people`;
  return (
    <>
      <PageTitle
        caption="They belong to both environments."
        aside={
          <LinkButton href={`${path}/new`} icon={<Plus />}>
            Add a person
          </LinkButton>
        }
      >
        People
      </PageTitle>
      <div className="mt-5">
        <PeopleTable people={people} path={path} ownId={viewer.personId} />
      </div>
    </>
  );
}
