import { Time } from "@/components/ui/time";
import type { CappedCount, TodayCounts } from "@/db/queries/notifications";

type Props = {
  today: TodayCounts;
  /** How many the filters leave; null without filters. */
  matching: CappedCount | null;
  at: Date;
};

/** What came today, as of when, and how many rows the list has. A count that ended early says so. */
export function ArrivalsLine({ today, matching, at }: Props) {
  return (
    <p className="text-12 text-ink-3">
      {matching ? <>{countText(matching)} match, </> : null}
      {countText(today.all)} today, {countText(today.valid)} valid, {countText(today.look)} to look at. As of{" "}
      <Time at={at} kind="clock" />
    </p>
  );
}

/** `612`, or `10,000+` where counting ended. */
export function countText({ count, isCapped }: CappedCount): string {
  return `${count.toLocaleString("en")}${isCapped ? "+" : ""}`;
}
