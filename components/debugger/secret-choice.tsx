"use client";

import { Lock, Monitor } from "lucide-react";
import { useEffect, useRef } from "react";
import { Field, fieldAria } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { hiddenPlaces } from "@/lib/debugger/hidden-characters";
import type { Environment } from "@/lib/domain/environment";

export type StoredChoice = { id: string; label: string; appId: string; environment: Environment; baseUrl: string };
export type SecretSource = "stored" | "typed";

type Props = {
  source: SecretSource;
  onSource: (source: SecretSource) => void;
  /** Empty: this person may use none, or there is none. */
  stored: readonly StoredChoice[];
  /** Why stored secrets are not for this person. */
  notForYou: string | null;
  credentialId: string;
  onCredential: (credentialId: string) => void;
  typed: string;
  /** What stands in the field at first: the invented secret of the example, never a person's own. */
  first: string;
  onTyped: (secret: string) => void;
};

/** A secret that stays on the server, or one that stays in the browser. */
export function SecretChoice(props: Props) {
  const { source, onSource, stored, notForYou } = props;
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-12 font-medium text-ink-2">Secret</legend>
      {stored.length > 0 ? (
        <div className="flex w-fit overflow-hidden rounded-2 border border-edge max-desk:w-full">
          <Way name="stored" label="Stored" icon={<Lock className="size-3.5" />} source={source} onSource={onSource} />
          <Way
            name="typed"
            label="Type it, stays in this browser"
            icon={<Monitor className="size-3.5" />}
            source={source}
            onSource={onSource}
          />
        </div>
      ) : null}
      {source === "stored" ? <StoredSecret {...props} /> : <TypedSecret {...props} />}
      {notForYou ? <p className="text-12 text-ink-3">{notForYou}</p> : null}
    </fieldset>
  );
}

type WayProps = Pick<Props, "source" | "onSource"> & { name: SecretSource; label: string; icon: React.ReactNode };

function Way({ name, label, icon, source, onSource }: WayProps) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-1.5 px-3 text-13 text-ink-2 hover:bg-hover has-checked:bg-sign-wash has-checked:font-strong has-checked:text-sign has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-focus [&+&]:border-l [&+&]:border-edge max-desk:min-h-11 max-desk:flex-1">
      <input
        type="radio"
        name="secret-source"
        value={name}
        checked={source === name}
        onChange={() => onSource(name)}
        className="sr-only"
      />
      {icon}
      {label}
    </label>
  );
}

function StoredSecret({ stored, credentialId, onCredential }: Props) {
  return (
    <Select
      name="stored-credential"
      label="Credential"
      help="Used on the server and never sent here. Each use is in the audit; all other stored keys are tried too."
      value={credentialId}
      onChange={(event) => onCredential(event.target.value)}
      options={[
        { value: "", label: "The one that the message belongs to" },
        ...stored.map(({ id, label, appId, environment }) => ({
          value: id,
          label: `${label} · ${appId} · ${environment}`,
        })),
      ]}
    />
  );
}

function TypedSecret({ typed, first, onTyped }: Props) {
  const input = useRef<HTMLInputElement>(null);

  // A browser may keep a page that was left, as it is, to show it again.
  useEffect(() => {
    const forget = () => {
      if (input.current) input.current.value = "";
      onTyped("");
    };
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, [onTyped]);

  const odd = hiddenPlaces([["", typed]]);
  const field = {
    id: "typed-secret",
    label: "Secret, for this moment",
    help: "It is hashed here, in this tab. It is never sent, never stored, and gone when you leave the page.",
    aside: typed === "" ? null : `${typed.length} characters`,
    error: odd.map(
      ({ at, name, code }) => `Character ${at} is a ${name} (${code}). Take it off unless it belongs there.`,
    ),
  };
  return (
    <Field {...field}>
      <input
        key={first}
        ref={input}
        {...fieldAria(field)}
        defaultValue={first}
        type="password"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        // Not controlled: the framework would write what is typed into an attribute of the page.
        onInput={(event) => onTyped(event.currentTarget.value)}
        className="input mono"
      />
    </Field>
  );
}
