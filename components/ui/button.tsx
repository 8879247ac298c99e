import Link from "next/link";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

type Looks = {
  variant?: "primary" | "secondary" | "quiet" | "danger" | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  icon?: ReactNode;
  /** A key that does the same; shown as a cap, bound elsewhere. */
  shortcut?: string | undefined;
  /** Why it cannot act now. The button stays reachable, does nothing, and the reason stands beside it. */
  disabledReason?: string | null | undefined;
};

export type ButtonProps = Looks &
  Omit<ComponentProps<"button">, "disabled"> & {
    pending?: boolean | undefined;
    pendingLabel?: string | undefined;
  };

/** While pending it keeps its width and says "Sending"; it never submits while pending or disabled. */
export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "md", icon, shortcut, disabledReason, ...rest } = props;
  const { pending = false, pendingLabel = "Sending", type = "button", onClick, className, children, ...native } = rest;
  const reasonId = useId();
  const isBlocked = pending || Boolean(disabledReason);
  const button = (
    <button
      {...native}
      type={isBlocked ? "button" : type}
      onClick={isBlocked ? undefined : onClick}
      className={classNames("btn", className)}
      data-variant={variant}
      data-size={size}
      data-pending={pending || undefined}
      aria-disabled={isBlocked || native["aria-disabled"]}
      aria-describedby={disabledReason ? reasonId : native["aria-describedby"]}
    >
      <span className="grid place-items-center">
        <span
          className={classNames("col-start-1 row-start-1 inline-flex items-center gap-[7px]", pending && "invisible")}
        >
          {icon}
          {children}
          {shortcut ? <ShortcutCap keys={shortcut} /> : null}
        </span>
        {pending ? <span className="col-start-1 row-start-1">{pendingLabel}</span> : null}
      </span>
    </button>
  );
  return disabledReason ? withReason(button, reasonId, disabledReason) : button;
}

type LinkButtonProps = Looks & Omit<ComponentProps<typeof Link>, "href"> & { href: string };

/** A link drawn as a button, for going somewhere. With a reason it is no link any more. */
export function LinkButton(props: LinkButtonProps) {
  const { variant = "secondary", size = "md", icon, shortcut, disabledReason, className, children, ...link } = props;
  if (disabledReason) {
    return (
      <Button variant={variant} size={size} icon={icon} disabledReason={disabledReason} className={className}>
        {children}
      </Button>
    );
  }
  return (
    <Link {...link} className={classNames("btn", className)} data-variant={variant} data-size={size}>
      {icon}
      {children}
      {shortcut ? <ShortcutCap keys={shortcut} /> : null}
    </Link>
  );
}

function withReason(button: ReactNode, id: string, reason: string) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {button}
      <span id={id} className="text-12 text-ink-2">
        {reason}
      </span>
    </span>
  );
}

// A bound key is announced in the keyboard sheet; inside the name of a button it would only be noise.
function ShortcutCap({ keys }: { keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {keys}
    </span>
  );
}
