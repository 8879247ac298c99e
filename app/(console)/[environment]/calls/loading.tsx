import { PageTitle } from "@/components/ui/page-title";
import { SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageTitle>Gateway calls</PageTitle>
      <div className="mt-24">
        <SkeletonTable columns={["Outcome", "Operation", "About", "HTTP", "Code", "Took", "Credential", "Time"]} />
      </div>
    </>
  );
}
