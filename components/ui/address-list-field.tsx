import type { ReactNode } from "react";
import { TextArea } from "./text-field";

type Props = {
  name: string;
  label: string;
  /** One entry a line. */
  listed: string;
  /** Stands before the explanation of what can be typed. */
  help?: string | undefined;
  aside?: ReactNode;
  error?: readonly string[] | undefined;
};

/** A list of addresses and ranges of the network, as `AddressList` reads it. */
export function AddressListField({ name, label, listed, help, aside, error }: Props) {
  const form = "One a line: 203.0.113.7, a range such as 203.0.113.0/24, or IPv6.";
  return (
    <TextArea
      name={name}
      label={label}
      help={help === undefined ? form : `${help} ${form}`}
      aside={aside}
      optional
      rows={4}
      spellCheck={false}
      autoComplete="off"
      defaultValue={listed}
      error={error}
      mono
    />
  );
}
