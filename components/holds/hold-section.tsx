import { Lock, LockOpen } from "lucide-react";
import type { ReactNode } from "react";
import { Amount } from "@/components/money/amount";
import { LinkButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DefinitionList } from "@/components/ui/definition-list";
import { Id } from "@/components/ui/id";
import { Section } from "@/components/ui/panel";
import { StateLabel } from "@/components/ui/state-label";
import { Time } from "@/components/ui/time";
import type { HoldActRow, HoldOfPayment } from "@/db/queries/holds";
import { type HoldActKind, holdEndsAt, type PossibleHoldActs } from "@/lib/domain/holds";
import { formatMoney } from "@/lib/domain/money";
import { type Permission, type Role, roleMay, rolesWith } from "@/lib/domain/roles";
import { actNouns, actStates } from "./hold-words";
import { TimeLeftScale } from "./time-left";

type Props = {
  payment: { state: string; amount: number; currency: string; heldAt: Date | null; paidAt: Date | null };
  hold: HoldOfPayment;
  role: Role;
  /** The payment's page, without a form. */
  path: string;
  open: HoldActKind | null;
  /** Where an admin enters what the gateway has confirmed; null for everybody else. */
  rulesHref: string | null;
};

/** How long the money is still held, what can be done with it and why not, and what was tried. */
export function HoldSection({ payment, hold, role, path, open, rulesHref }: Props) {
  const { heldAmount, rules, acts, possible } = hold;
  const { state, heldAt, paidAt, currency } = payment;
  const until = holdEndsAt(heldAt, rules);
  const isOver = state !== "held" && heldAt !== null;
  const sum = formatMoney(heldAmount, currency);
  return (
    <Section title="Hold" caption={isOver ? "money that was set aside" : "money set aside, not paid"}>
      {state === "held" && heldAt && until ? <TimeLeftScale heldAt={heldAt} until={until} /> : null}
      <DefinitionList
        rows={[
          { term: "Held", value: <Amount amount={heldAmount} currency={currency} className="font-medium" /> },
          {
            term: "Taken",
            value: paidAt ? (
              <Amount amount={payment.amount} currency={currency} className="font-medium text-paid" />
            ) : null,
          },
          { term: "Held since", value: heldAt ? <Time at={heldAt} /> : null },
          {
            term: "Time left",
            value:
              state === "held" && until === null
                ? "Not known: no admin has entered how long this gateway keeps a hold"
                : null,
          },
          { term: "Until", value: until && !isOver ? <Time at={until} kind="exact" /> : null },
        ]}
      />
      {isOver ? null : (
        <ul className="mt-2 grid gap-x-8 desk:grid-cols-2">
          <Act
            icon={<Lock />}
            name="Complete the hold"
            permission="holds:complete"
            possibility={possible.complete}
            role={role}
            note={rules?.complete?.isPartAllowed ? `Takes up to ${sum}` : `Takes ${sum}, all of it`}
            isOpen={open === "complete"}
          >
            <LinkButton href={`${path}?do=complete`} scroll={false} aria-label="Complete the hold">
              Complete
            </LinkButton>
          </Act>
          <Act
            icon={<LockOpen />}
            name="Release the hold"
            permission="holds:release"
            possibility={possible.release}
            role={role}
            note={`Gives ${sum} free; nothing is taken`}
            isOpen={open === "release"}
          >
            <LinkButton href={`${path}?do=release`} scroll={false} aria-label="Release the hold">
              Release
            </LinkButton>
          </Act>
        </ul>
      )}
      {rulesHref && state === "held" && (!rules?.complete || !rules.release) ? (
        <p className="mt-3">
          <LinkButton href={rulesHref} size="sm">
            Hold rules of this credential
          </LinkButton>
        </p>
      ) : null}
      <ActsTried acts={acts} currency={currency} />
    </Section>
  );
}

type ActProps = {
  icon: ReactNode;
  name: string;
  permission: Permission;
  possibility: PossibleHoldActs[HoldActKind];
  role: Role;
  note: string;
  isOpen: boolean;
  children: ReactNode;
};

function Act({ icon, name, permission, possibility, role, note, isOpen, children }: ActProps) {
  const mine = roleMay(role, permission);
  const why = !possibility.isPossible
    ? possibility.why
    : mine
      ? null
      : `Your role may not; ${rolesWith(permission).join(" and ")} may`;
  return (
    <li className="grid min-h-14 grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line py-2.5 text-13">
      <span className={classNames("mt-0.5", why !== null && "text-ink-3")}>{icon}</span>
      <div>
        <b className={classNames("block font-semibold", why !== null && "font-medium text-ink-2")}>{name}</b>
        <span className="text-12 text-ink-2">
          {why ?? note}
          {why === null && isOpen ? "; the form is open" : null}
        </span>
      </div>
      {why === null && !isOpen ? children : null}
    </li>
  );
}

function ActsTried({ acts, currency }: { acts: readonly HoldActRow[]; currency: string }) {
  if (acts.length === 0) return null;
  return (
    <div className="mt-5">
      <h3 className="text-12 font-medium text-ink-2">Asked of the gateway</h3>
      <ul aria-label="Completions and releases">
        {acts.map((act) => {
          const { word, tone, Icon } = actStates[act.state];
          return (
            <li
              key={act.id}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2 text-13"
            >
              <StateLabel tone={tone} icon={<Icon />} note={act.createdByName ? `by ${act.createdByName}` : undefined}>
                {actNouns[act.kind]}: {word.toLowerCase()}
              </StateLabel>
              <Amount amount={act.amount} currency={currency} className="text-right font-medium" />
              <Id value={act.number} label={`number of the ${actNouns[act.kind].toLowerCase()}`} />
              <span className="text-right text-12 text-ink-3">
                <Time at={act.createdAt} />
              </span>
              {act.state === "unclear" || act.state === "sent" ? (
                <p className="col-span-2 text-12 text-unclear">
                  {act.errMsg ? `${act.errMsg} ` : null}Not sent again: the gateway is asked until the order shows it.
                </p>
              ) : null}
              {act.state === "failed" && act.errMsg ? (
                <p className="col-span-2 text-12 break-words text-ink-2">{act.errMsg}</p>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
