import { NothingHere } from "@/components/shell/nothing-here";

export default function DeliveryNotFound() {
  return (
    <NothingHere title="No such event delivery in this environment.">
      The address may belong to the other environment: the two have nothing in common.
    </NothingHere>
  );
}
