import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import type { RotationShown } from "./rotation-shown";

type Step = { name: string; is: "done" | "now" | "later"; note: ReactNode };

/** The four steps of a rotation, and where it stands. */
export function RotationSteps({ rotation }: { rotation: RotationShown }) {
  return (
    <ol aria-label="Steps of the rotation" className="grid gap-4 desk:grid-cols-4">
      {stepsOf(rotation).map(({ name, is, note }, index) => (
        <li
          key={name}
          aria-current={is === "now" ? "step" : undefined}
          className="grid grid-cols-[auto_1fr] content-start gap-x-3"
        >
          <span
            className={classNames(
              "row-span-2 grid size-6 place-items-center rounded-full border text-12",
              is === "done" && "border-paid text-paid",
              is === "now" && "border-sign-fill bg-sign-fill font-semibold text-sign-on",
              is === "later" && "border-edge text-ink-2",
            )}
          >
            {is === "done" ? <Check aria-label="done" /> : index + 1}
          </span>
          <b className="text-13 font-semibold leading-6">{name}</b>
          <span className="text-12 leading-normal text-ink-2">{note}</span>
        </li>
      ))}
    </ol>
  );
}

function stepsOf({ stage, current, other }: RotationShown): Step[] {
  const next = stage === "pending" ? other : current;
  const add: Step = {
    name: "Add",
    is: "done",
    note: (
      <>
        <Time at={next.createdAt} kind="exact" />. Sealed, verifies what comes in
      </>
    ),
  };
  if (stage === "overlap") {
    const promoted = current.promotedAt ?? current.createdAt;
    return [
      add,
      { name: "Probe", is: "done", note: "The gateway takes it" },
      {
        name: "Promote",
        is: "done",
        note: (
          <>
            <Time at={promoted} kind="exact" />.{" "}
            {current.isSelfPromoted
              ? `By itself: the gateway refused key ${other.version} and took key ${current.version}`
              : `Key ${current.version} signs, both verify`}
          </>
        ),
      },
      { name: "Retire", is: "now", note: `Opens when nobody signs with key ${other.version} any more` },
    ];
  }
  const isTaken = other.probe === "taken";
  return [
    add,
    { name: "Probe", is: isTaken ? "done" : "now", note: <ProbeNote key={other.version} secret={other} /> },
    {
      name: "Promote",
      is: isTaken ? "now" : "later",
      note: `Key ${other.version} signs then. When the gateway refuses key ${current.version}, this happens by itself`,
    },
    { name: "Retire", is: "later", note: `Key ${current.version} verifies no more` },
  ];
}

const probeWords = {
  taken: "The gateway takes it",
  refused: "Not yet: the gateway refuses its signature",
  unclear: "The gateway said nothing about it",
} as const;

function ProbeNote({ secret: { probe, probedAt } }: { secret: RotationShown["other"] }) {
  if (probe === null || probedAt === null) return "The gateway has not been asked with it";
  return (
    <>
      {probeWords[probe]}, <Time at={probedAt} kind="exact" />
    </>
  );
}
