"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

/** Sends the surrounding form, and is pending for as long as that form is. */
export function SubmitButton({ pending, ...props }: ButtonProps) {
  const form = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending ?? form.pending} />;
}
