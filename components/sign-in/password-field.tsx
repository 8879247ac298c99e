"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Field, type FieldError, fieldAria } from "@/components/ui/field";

type Props = {
  name: string;
  label: string;
  autoComplete: "current-password" | "new-password";
  help?: string | undefined;
  error?: FieldError;
};

/** A password that may be looked at while it is typed. */
export function PasswordField({ name, label, autoComplete, help, error }: Props) {
  const [isShown, setIsShown] = useState(false);
  const field = { id: name, label, help, error };
  return (
    <Field {...field}>
      <div className="relative">
        <input
          {...fieldAria(field)}
          name={name}
          type={isShown ? "text" : "password"}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          className="input pr-11"
        />
        <button
          type="button"
          className="icon-button absolute top-1/2 right-0.5 -translate-y-1/2 noscript:hidden"
          aria-label={isShown ? "Hide password" : "Show password"}
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOff /> : <Eye />}
        </button>
      </div>
    </Field>
  );
}
