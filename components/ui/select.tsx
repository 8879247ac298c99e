import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Field, type FieldProps, fieldAria } from "./field";

type Labelled = Omit<FieldProps, "id"> & {
  id?: string | undefined;
  name: string;
  options: readonly { value: string; label: string }[];
};

type SelectProps = Labelled & Omit<ComponentProps<"select">, keyof Labelled | "children">;

export function Select({ id, label, help, aside, optional, error, options, className, ...select }: SelectProps) {
  const field = { id: id ?? select.name, label, help, aside, optional, error };
  return (
    <Field {...field}>
      <div className="relative">
        <select {...select} {...fieldAria(field)} className={classNames("input", className)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3" />
      </div>
    </Field>
  );
}
