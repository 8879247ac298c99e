import { CircleX } from "lucide-react";
import type { ReactNode } from "react";

export type FieldError = string | readonly string[] | null | undefined;

export type FieldProps = {
  id: string;
  label: ReactNode;
  help?: ReactNode;
  /** What stands right of the label, such as "64 characters" or a link. */
  aside?: ReactNode;
  optional?: boolean | undefined;
  error?: FieldError;
};

/** Label above, help and error under the control. The control itself takes `fieldAria` of the same facts. */
export function Field({ id, label, help, aside, optional, error, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <div className="flex items-baseline justify-between gap-2 text-12">
        <label htmlFor={id} className="font-medium text-ink-2">
          {label}
        </label>
        <FieldAside aside={aside} optional={optional} />
      </div>
      {children}
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

function FieldAside({ aside, optional }: Pick<FieldProps, "aside" | "optional">) {
  if (!aside && !optional) return null;
  return (
    <span className="text-right text-ink-3">
      {optional ? "optional" : null}
      {optional && aside ? ", " : null}
      {aside}
    </span>
  );
}

export function FieldNotes({ id, help, error }: Pick<FieldProps, "id" | "help" | "error">) {
  const errors = errorsOf(error);
  return (
    <>
      {errors.length > 0 ? (
        <div id={`${id}-error`} className="grid gap-1 text-12 text-failed">
          {errors.map((text) => (
            <p key={text} className="flex gap-1.5">
              <CircleX className="mt-px size-3.5" />
              <span>{text}</span>
            </p>
          ))}
        </div>
      ) : null}
      {help ? (
        <div id={`${id}-help`} className="text-12 text-ink-3">
          {help}
        </div>
      ) : null}
    </>
  );
}

/** The attributes that tie a control to its label, its help and its error. */
export function fieldAria({ id, help, error }: Pick<FieldProps, "id" | "help" | "error">) {
  const isBad = errorsOf(error).length > 0;
  const describedBy = [isBad ? `${id}-error` : null, help ? `${id}-help` : null].filter(Boolean).join(" ");
  return {
    id,
    ...(isBad ? { "aria-invalid": true as const } : {}),
    ...(describedBy ? { "aria-describedby": describedBy } : {}),
  };
}

export function errorsOf(error: FieldError): readonly string[] {
  if (!error) return [];
  return typeof error === "string" ? [error] : error;
}
