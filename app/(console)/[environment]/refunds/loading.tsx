import { PageTitle } from "@/components/ui/page-title";
import { SkeletonTable } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageTitle>Refunds</PageTitle>
      <div className="mt-24">
        <SkeletonTable
          columns={["State", "Amount", "Refund number", "Of order", "Way", "Reason", "Proven by", "Created"]}
        />
      </div>
    </>
  );
}
