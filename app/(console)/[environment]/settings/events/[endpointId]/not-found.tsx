import { NothingHere } from "@/components/shell/nothing-here";

export default function EndpointNotFound() {
  return (
    <NothingHere title="No such endpoint in this environment.">
      The address may belong to the other environment: the two have nothing in common.
    </NothingHere>
  );
}
