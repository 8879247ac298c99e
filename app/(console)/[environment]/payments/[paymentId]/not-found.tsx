import { NothingHere } from "@/components/shell/nothing-here";

export default function PaymentNotFound() {
  return (
    <NothingHere title="No such payment in this environment.">
      The address may belong to the other environment: the two have nothing in common. Any number of a payment finds it
      with the search above.
    </NothingHere>
  );
}
