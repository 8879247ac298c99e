import { Time } from "@/components/ui/time";

type Props = {
  state: "unknown" | "available" | "missing";
  /** On how many occasions the gateway answered 404, and since when. */
  absences: number;
  since: Date | null;
};

/** Whether the gateway of a credential can be asked about refunds, and what follows for its messages about them. */
export function RefundQueryState({ state, absences, since }: Props) {
  if (state === "available") return "answered by this gateway";
  if (since === null) return "no refund was asked about yet";
  const times = absences === 1 ? "once" : `on ${absences} occasions`;
  return (
    <span>
      answered 404 {times} since <Time at={since} />.{" "}
      {state === "missing"
        ? "It counts as missing, so a refund’s message moves it at any amount. The first signed answer ends that."
        : "Messages above the rule for refunds wait until it is certain."}
    </span>
  );
}
