import type { Metadata } from "next";
import { AddEndpointForm } from "@/components/events/add-endpoint-form";
import { pageMetadata } from "@/components/shell/page-metadata";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageTitle } from "@/components/ui/page-title";
import { requireScope } from "@/lib/auth/require-viewer";
import { addEndpointAction } from "../actions";

type Props = { params: Promise<{ environment: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata("Add an endpoint", (await params).environment);
}

export default async function NewEndpointPage({ params }: Props) {
  const { environment, merchants } = await requireScope((await params).environment, "events:write");
  const listHref = `/${environment}/settings/events`;
  return (
    <div className="max-w-[680px]">
      <Breadcrumb items={[{ label: "Events", href: listHref }, { label: "Add" }]} />
      <PageTitle>Add an endpoint</PageTitle>
      <div className="mt-5">
        <AddEndpointForm
          action={addEndpointAction}
          environment={environment}
          merchants={merchants}
          listHref={listHref}
        />
      </div>
    </div>
  );
}
