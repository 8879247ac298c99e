import { PageTitle } from "@/components/ui/page-title";
import { SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageTitle>Events</PageTitle>
      <div className="mt-24">
        <SkeletonTable columns={["State", "Event", "About", "Endpoint", "Last answer", "Attempts", "Next", "Time"]} />
      </div>
    </>
  );
}
