import type { ComponentProps, ReactNode } from "react";

type Props = { name: string; label: ReactNode; help?: ReactNode } & Omit<ComponentProps<"input">, "name" | "type">;

export function Checkbox({ name, label, help, id, ...input }: Props) {
  const inputId = id ?? `${name}${input.value === undefined ? "" : `-${input.value}`}`;
  return (
    <div className="grid gap-0.5 text-13">
      <label htmlFor={inputId} className="flex min-h-6 items-center gap-2 max-desk:min-h-11">
        <input
          {...input}
          id={inputId}
          name={name}
          type="checkbox"
          aria-describedby={help ? `${inputId}-help` : undefined}
          className="size-[15px] flex-none accent-sign-fill"
        />
        <span>{label}</span>
      </label>
      {help ? (
        <p id={`${inputId}-help`} className="pl-[23px] text-12 text-ink-3 max-desk:-mt-2.5">
          {help}
        </p>
      ) : null}
    </div>
  );
}
