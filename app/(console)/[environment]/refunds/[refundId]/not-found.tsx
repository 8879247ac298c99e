import { NothingHere } from "@/components/shell/nothing-here";

export default function RefundNotFound() {
  return (
    <NothingHere title="No such refund in this environment.">
      The address may belong to the other environment: the two have nothing in common. Any number of a refund finds it
      with the search above.
    </NothingHere>
  );
}
