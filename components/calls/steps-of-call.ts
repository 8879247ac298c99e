export type StepName = "Until connected" | "DNS" | "Connect" | "TLS" | "Wait" | "Read";

/** One step of a call; `us` are whole microseconds, `null` for a step that it did not take. */
export type CallStep = {
  readonly name: StepName;
  readonly about: string;
  readonly us: number | null;
  /** Why it has no time, or that the call ended in it. */
  readonly note: string | null;
};

const named: readonly { name: StepName; about: string }[] = [
  { name: "DNS", about: "the address of the name" },
  { name: "Connect", about: "until the gateway picked up" },
  { name: "TLS", about: "certificate and encryption" },
  { name: "Wait", about: "until the answer began" },
  { name: "Read", about: "until it had ended" },
];

const older: typeof named = [{ name: "Until connected", about: "DNS, connection and TLS" }, ...named.slice(3)];

/**
 * The steps of a call in the order of time.
 *
 * @param timingsUs  as the column keeps them: five, or of an older call three
 */
export function stepsOfCall(timingsUs: readonly (number | null)[]): CallStep[] {
  const steps = timingsUs.length === older.length ? older : named;
  const last = timingsUs.findLastIndex((us) => us !== null);
  const isKept = isOnKeptConnection(timingsUs);
  return steps.map((step, at) => {
    const us = timingsUs[at] ?? null;
    if (us !== null) return { ...step, us, note: at === last && at < steps.length - 1 ? "it ended here" : null };
    if (at > last) return { ...step, us, note: "it did not come to this" };
    return { ...step, us, note: isKept ? "open already" : unneeded[step.name] };
  });
}

/** Whether a call took up a connection that an earlier one had left open: it waited without having connected. */
export function isOnKeptConnection(timingsUs: readonly (number | null)[]): boolean {
  const [, connect, , wait] = timingsUs;
  return timingsUs.length === named.length && connect === null && wait !== null;
}

const unneeded: Readonly<Record<StepName, string>> = {
  "Until connected": "not measured",
  DNS: "the address is a number",
  Connect: "not measured",
  TLS: "plain HTTP",
  Wait: "not measured",
  Read: "not measured",
};
