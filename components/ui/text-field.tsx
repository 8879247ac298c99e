import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Field, type FieldProps, fieldAria } from "./field";

type Labelled = Omit<FieldProps, "id"> & { id?: string | undefined; name: string; mono?: boolean | undefined };

type TextFieldProps = Labelled & Omit<ComponentProps<"input">, keyof Labelled>;

export function TextField({ id, label, help, aside, optional, error, mono, className, ...input }: TextFieldProps) {
  const field = { id: id ?? input.name, label, help, aside, optional, error };
  return (
    <Field {...field}>
      <input
        type="text"
        {...input}
        {...fieldAria(field)}
        aria-required={optional ? undefined : input.required}
        className={classNames("input", mono && "mono", className)}
      />
    </Field>
  );
}

type TextAreaProps = Labelled & Omit<ComponentProps<"textarea">, keyof Labelled>;

export function TextArea({ id, label, help, aside, optional, error, mono, className, ...area }: TextAreaProps) {
  const field = { id: id ?? area.name, label, help, aside, optional, error };
  return (
    <Field {...field}>
      <textarea rows={3} {...area} {...fieldAria(field)} className={classNames("input", mono && "mono", className)} />
    </Field>
  );
}
