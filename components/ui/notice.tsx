import { CircleCheck, CircleMinus, CircleQuestionMark, CircleX, Hourglass, Undo2 } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { classNames } from "./class-names";
import { type Tone, toneText, toneWash } from "./tone";

type NoticeProps = {
  tone: Tone;
  title: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Say it aloud when it appears: `alert` at once, `status` politely. */
  live?: "status" | "alert" | undefined;
};

const icons: Record<Tone, ComponentType> = {
  paid: CircleCheck,
  wait: Hourglass,
  unclear: CircleQuestionMark,
  failed: CircleX,
  refunded: Undo2,
  closed: CircleMinus,
};

export function Notice({ tone, title, icon, children, actions, live }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      role={live}
      className={classNames(
        "grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-l-[3px] border-current px-4 py-3 desk:grid-cols-[auto_minmax(0,1fr)_auto]",
        toneText[tone],
        toneWash[tone],
      )}
    >
      <span className="mt-0.5">{icon ?? <Icon />}</span>
      <div className="min-w-0 text-ink">
        <p className="font-semibold">{title}</p>
        {children ? <div className="text-13 leading-normal text-ink-2">{children}</div> : null}
      </div>
      {actions ? (
        <div className="flex flex-wrap items-center gap-2 self-center text-ink max-desk:col-start-2 max-desk:mt-2">
          {actions}
        </div>
      ) : null}
    </div>
  );
}

type ErrorNoticeProps = {
  /** What failed. */
  title: ReactNode;
  /** What it means for the money. */
  money: ReactNode;
  /** What to do now. */
  todo?: ReactNode;
  code?: string | number | null | undefined;
  /** What the other side wrote, word for word. */
  original?: string | null | undefined;
  translation?: string | null | undefined;
  actions?: ReactNode;
};

export function ErrorNotice({ title, money, todo, code, original, translation, actions }: ErrorNoticeProps) {
  const said = [code, original].filter((part) => part !== null && part !== undefined && part !== "").join(" ");
  return (
    <Notice tone="failed" title={title} actions={actions} live="alert">
      <p>
        {money} {todo}
      </p>
      {said || translation ? (
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 gap-y-1 text-12">
          {said ? <Said term="It said">{<span className="mono break-words">{said}</span>}</Said> : null}
          {translation ? <Said term="Means">{translation}</Said> : null}
        </dl>
      ) : null}
    </Notice>
  );
}

function Said({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{term}</dt>
      <dd className="text-ink">{children}</dd>
    </>
  );
}
