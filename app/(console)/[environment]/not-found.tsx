import { NothingHere } from "@/components/shell/nothing-here";

export default function NotFound() {
  return (
    <NothingHere title="There is nothing at this address.">
      It may belong to the other environment: the two have nothing in common. Any number of a payment or refund finds it
      with the search above.
    </NothingHere>
  );
}
