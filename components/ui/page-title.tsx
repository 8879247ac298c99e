import type { ReactNode } from "react";

type Props = { children: ReactNode; caption?: ReactNode; aside?: ReactNode };

export function PageTitle({ children, caption, aside }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1>{children}</h1>
      {caption ? (
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-13 text-ink-2">{caption}</div>
      ) : null}
      {aside ? <div className="ml-auto flex flex-wrap items-center gap-2">{aside}</div> : null}
    </div>
  );
}
