import { PageTitle } from "@/components/ui/page-title";
import { SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageTitle>Notifications</PageTitle>
      <div className="mt-24">
        <SkeletonTable columns={["Verdict", "Order number", "About", "Effect", "Credential", "From", "Received"]} />
      </div>
    </>
  );
}
