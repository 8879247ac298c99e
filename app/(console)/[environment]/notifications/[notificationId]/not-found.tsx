import { NothingHere } from "@/components/shell/nothing-here";

export default function NotificationNotFound() {
  return (
    <NothingHere title="No such notification in this environment.">
      The address may belong to the other environment: the two have nothing in common. Messages that nobody proved are
      kept for a while only.
    </NothingHere>
  );
}
