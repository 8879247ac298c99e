import type { ReactNode } from "react";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { Logo } from "@/components/ui/mark";
import { Rosette } from "./rosette";

/** What stands around the pages for people who are not signed in. It names no merchant and nobody. */
export function FrontDoor({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-screen bg-paper max-desk:grid-rows-[150px_1fr] desk:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <main id="main" className="flex flex-col px-12 py-8 max-desk:row-start-2 max-desk:px-5 max-desk:py-6">
        <p className="flex items-center gap-2.5 text-16 font-semibold tracking-[-0.015em] max-desk:hidden">
          <Logo className="size-[22px]" />
          Countersign
        </p>
        <div className="grid w-full gap-5 desk:my-auto desk:max-w-[380px] desk:py-8">{children}</div>
      </main>
      <aside
        aria-hidden="true"
        className="relative overflow-hidden border-line-2 bg-ground max-desk:row-start-1 max-desk:border-b desk:border-l"
      >
        <Rosette className="absolute top-1/2 left-1/2 w-[520px] -translate-1/2 text-line-2 desk:w-[min(112vh,98%)]" />
        <Logo className="absolute top-1/2 left-1/2 size-11 -translate-1/2 desk:size-[74px]" />
        <div className="absolute inset-x-0 bottom-0 grid grid-cols-2 max-desk:hidden [&_.env-band]:h-11">
          <EnvironmentBand environment="test" />
          <EnvironmentBand environment="production" />
        </div>
      </aside>
    </div>
  );
}

/** The large heading of such a page. */
export function DoorTitle({ children, below }: { children: ReactNode; below: ReactNode }) {
  return (
    <div>
      <h1 className="text-40 leading-tight font-figure tracking-[-0.04em]">{children}</h1>
      <p className="mt-2.5 text-ink-2">{below}</p>
    </div>
  );
}
