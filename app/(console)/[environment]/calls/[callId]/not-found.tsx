import { NothingHere } from "@/components/shell/nothing-here";

export default function CallNotFound() {
  return (
    <NothingHere title="No such gateway call in this environment.">
      The address may belong to the other environment: the two have nothing in common. A payment and a refund name their
      calls in their timelines.
    </NothingHere>
  );
}
