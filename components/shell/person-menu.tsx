import { ChevronDown, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import type { Role } from "@/lib/domain/roles";
import { ShowKeysButton } from "./show-keys-button";
import { ThemeSwitch } from "./theme-switch";

export type SignOutAction = string | ((formData: FormData) => void | Promise<void>);

type Props = { name: string; role: Role; accountHref: string; signOutAction: SignOutAction };

/** Who is signed in, and the way out. The browser's own popover, so it opens without JavaScript too. */
export function PersonMenu({ name, role, accountHref, signOutAction }: Props) {
  return (
    <div className="flex-none">
      <button
        type="button"
        popoverTarget="person-menu"
        className="person-button"
        aria-label={`Account: ${name}, ${role}`}
      >
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="max-desk:hidden">{name}</span>
        <ChevronDown className="size-3.5 max-desk:hidden" />
      </button>
      <div id="person-menu" popover="auto" className="person-menu">
        <p>
          <b className="block font-semibold">{name}</b>
          <span className="text-12 text-ink-3">Role: {role}</span>
        </p>
        <Link href={accountHref} className="btn w-full">
          <UserRound />
          Your account
        </Link>
        <ThemeSwitch />
        <ShowKeysButton />
        <form action={signOutAction} {...(typeof signOutAction === "string" ? { method: "post" } : {})}>
          <button type="submit" className="btn w-full">
            <LogOut />
            Sign out
          </button>
        </form>
      </div>
    </div>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
}
