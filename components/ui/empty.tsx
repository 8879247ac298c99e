import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { type Permission, type Role, rolesWith } from "@/lib/domain/roles";
import { CopyButton } from "./copy-button";

type EmptyStep = { text: ReactNode /** The exact string to copy. */; copy?: string; action?: ReactNode };

/** Nothing here yet: says the next step, with the exact thing to copy and the button that does it. */
export function Empty({
  title,
  children,
  steps,
}: {
  title: ReactNode;
  children?: ReactNode;
  steps?: readonly EmptyStep[];
}) {
  return (
    <div className="py-2">
      <h3 className="text-20 font-medium tracking-[-0.02em]">{title}</h3>
      {children ? <div className="mt-1 mb-3.5 max-w-[52ch] leading-normal text-ink-2">{children}</div> : null}
      {steps ? (
        <ol className="grid max-w-2xl">
          {steps.map((step, index) => (
            <li
              key={step.copy ?? String(step.text)}
              className="grid grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-0.5 border-b border-line py-2.5 text-13 max-desk:grid-cols-[20px_minmax(0,1fr)]"
            >
              <span className="mono text-12 text-ink-3" aria-hidden="true">
                {index + 1}
              </span>
              <span>{step.text}</span>
              <span className="max-desk:col-start-2">
                {step.action ??
                  (step.copy ? (
                    <CopyButton value={step.copy} label="it">
                      Copy
                    </CopyButton>
                  ) : null)}
              </span>
              {step.copy ? <span className="mono col-start-2 text-12 break-all">{step.copy}</span> : null}
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}

type NoPermissionProps = { title: string; role: Role; permission: Permission; children?: ReactNode };

/** Names the right that is missing, who has it and how to get it. */
export function NoPermission({ title, role, permission, children }: NoPermissionProps) {
  return (
    <div className="py-2">
      <Lock className="mb-2.5 size-5" />
      <h1 className="font-medium">{title}</h1>
      <p className="mt-1 mb-3.5 max-w-[52ch] leading-normal text-ink-2">
        Your role, <b className="font-strong text-ink">{role}</b>, does not hold the right{" "}
        <span className="mono text-13">{permission}</span>. It belongs to the role {rolesWith(permission).join(" and ")}
        : ask one of them.
      </p>
      {children}
    </div>
  );
}

/** Says that an address may not be used, and what to do about it. */
export function ClosedToAddress({ title, because, children }: { title: string; because: string; children: ReactNode }) {
  return (
    <div className="py-2">
      <Lock className="mb-2.5 size-5" />
      <h1 className="font-medium">{title}</h1>
      <p className="mt-1 mb-3.5 max-w-[52ch] leading-normal text-ink-2">{because}</p>
      {children}
    </div>
  );
}
