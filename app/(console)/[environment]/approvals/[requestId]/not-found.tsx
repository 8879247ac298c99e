import { NothingHere } from "@/components/shell/nothing-here";

export default function RequestNotFound() {
  return (
    <NothingHere title="No such request in this environment.">
      The address may belong to the other environment: the two have nothing in common.
    </NothingHere>
  );
}
