import { Time } from "@/components/ui/time";

export function TimeCell({ at }: { at: Date }) {
  return <Time at={at} className="time-cell text-12" />;
}
