import { Ban, CircleMinus, RefreshCw, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { Section } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { Possibility, PossibleActs } from "@/lib/domain/possible-acts";
import { type Permission, type Role, roleMay, rolesWith } from "@/lib/domain/roles";

type Props = {
  acts: PossibleActs;
  role: Role;
  path: string;
  /** The act whose form is open. */
  open: string | null;
  /** `HK$ 1,160.00` */
  leftText: string;
  lastAskedAt: Date | null;
  askForm: ReactNode;
};

/** Every act, possible or not, and for those that are not: why. */
export function PaymentActs({ acts, role, path, open, leftText, lastAskedAt, askForm }: Props) {
  const refund = allowed(acts.refund, role, "refunds:create");
  const cancel = allowed(acts.cancel, role, "payments:cancel");
  const close = allowed(acts.close, role, "payments:close");
  return (
    <Section title="What can be done now">
      <ul className="grid gap-x-8 desk:grid-cols-2">
        <Act
          icon={<Undo2 />}
          name="Refund"
          possibility={refund}
          note={`Up to ${leftText}, on any day`}
          isOpen={open === "refund"}
        >
          <LinkButton href={`${path}?do=refund`} scroll={false} aria-label="Refund">
            Refund <Kbd>r</Kbd>
          </LinkButton>
        </Act>
        <Act
          icon={<RefreshCw />}
          name="Ask the gateway now"
          possibility={allowed(acts.ask, role, "payments:ask")}
          note={
            lastAskedAt ? (
              <>
                Last asked <Time at={lastAskedAt} kind="exact" />
              </>
            ) : (
              "Not asked yet"
            )
          }
        >
          {askForm}
        </Act>
        <Act
          icon={<Ban />}
          name="Cancel the same day"
          possibility={cancel}
          note="Undoes the whole payment; only today, the day it was paid (Hong Kong time)"
          isOpen={open === "cancel"}
        >
          <LinkButton href={`${path}?do=cancel`} scroll={false} aria-label="Cancel the payment">
            Cancel
          </LinkButton>
        </Act>
        <Act
          icon={<CircleMinus />}
          name="Close"
          possibility={close}
          note="Ends the order before anybody pays; no money moves"
          isOpen={open === "close"}
        >
          <LinkButton href={`${path}?do=close`} scroll={false} aria-label="Close the order">
            Close
          </LinkButton>
        </Act>
      </ul>
    </Section>
  );
}

type ActProps = {
  icon: ReactNode;
  name: string;
  possibility: Possibility;
  note: ReactNode;
  isOpen?: boolean;
  children: ReactNode;
};

function Act({ icon, name, possibility, note, isOpen = false, children }: ActProps) {
  const { isPossible } = possibility;
  return (
    <li className="grid min-h-14 grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line py-2.5 text-13">
      <span className={classNames("mt-0.5", !isPossible && "text-ink-3")}>{icon}</span>
      <div>
        <b className={classNames("block font-semibold", !isPossible && "font-medium text-ink-2")}>{name}</b>
        <span className="text-12 text-ink-2">
          {isPossible ? note : possibility.why}
          {isPossible && isOpen ? "; the form is open" : null}
        </span>
      </div>
      {isPossible && !isOpen ? children : null}
    </li>
  );
}

function allowed(possibility: Possibility, role: Role, permission: Permission): Possibility {
  if (roleMay(role, permission)) return possibility;
  return { isPossible: false, why: `Your role may not; ${rolesWith(permission).join(" and ")} may` };
}
