import { NothingHere } from "@/components/shell/nothing-here";

export default function RefundPlanNotFound() {
  return (
    <NothingHere title="No such refund plan in this environment.">
      The address may belong to the other environment: the two have nothing in common.
    </NothingHere>
  );
}
