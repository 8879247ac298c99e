import type { Metadata } from "next";
import { AddPersonForm } from "@/components/people/add-person-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageTitle } from "@/components/ui/page-title";
import { requireScope } from "@/lib/auth/require-viewer";
import { addPersonAction } from "../actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Add a person", (await params).environment);
}

export default async function NewPersonPage({ params }: Props) {
  const { environment } = await requireScope((await params).environment, "people:write");
  const listHref = `/${environment}/settings/people`;
  return (
    <div className="max-w-[620px]">
      <Breadcrumb items={[{ label: "People", href: listHref }, { label: "Add a person" }]} />
      <PageTitle>Add a person</PageTitle>
      <div className="mt-5">
        <AddPersonForm action={addPersonAction} listHref={listHref} />
      </div>
    </div>
  );
}
