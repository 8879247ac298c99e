import { Tabs } from "@/components/ui/tabs";

type Props = { path: string; current: "endpoints" | "deliveries" };

/** The two lists of outgoing events: who hears, and what was sent. */
export function EventsTabs({ path, current }: Props) {
  return (
    <Tabs
      label="Outgoing events"
      tabs={[
        { href: path, label: "Endpoints", current: current === "endpoints" },
        { href: `${path}/deliveries`, label: "Deliveries", current: current === "deliveries" },
      ]}
    />
  );
}
