import { Checkbox } from "@/components/ui/checkbox";

type Props = { isTicked: boolean; onTick: (isTicked: boolean) => void; alwaysHolds: boolean; wayCode: string };

/** Whether an order only sets money aside. The gateway's own sign of it is not published, so somebody has to say it. */
export function HoldChoice({ isTicked, onTick, alwaysHolds, wayCode }: Props) {
  if (alwaysHolds) {
    return (
      <p className="text-13 text-ink-2">
        Orders of <span className="mono font-medium text-ink">{wayCode}</span> only hold the money, as an admin has
        entered. They are completed or released later.
      </p>
    );
  }
  return (
    <Checkbox
      name="hold"
      value="1"
      label="Only hold the money (pre-authorisation)"
      help="For ways or applications that your gateway has set up for holds: it is asked like any order. The order is shown as held instead of paid until it is completed."
      checked={isTicked}
      onChange={(event) => onTick(event.target.checked)}
    />
  );
}
