import { PageTitle } from "@/components/ui/page-title";
import { SkeletonTable } from "@/components/ui/skeleton";

const columns = ["State", "Amount", "Refunded", "Order number", "Way", "Subject", "Proven by", "Created"];

export default function Loading() {
  return (
    <>
      <PageTitle>Payments</PageTitle>
      <div className="mt-24">
        <SkeletonTable columns={columns} rows={12} />
      </div>
    </>
  );
}
