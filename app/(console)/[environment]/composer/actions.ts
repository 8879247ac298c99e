"use server";

import { z } from "zod";
import { defineScopedAction } from "@/lib/actions/define-action";
import { sendComposed } from "@/lib/composer/send-composed";
import { CredentialId } from "@/lib/domain/ids";

const Written = z.discriminatedUnion("by", [
  z.looseObject({ by: z.literal("fields") }),
  z.object({ by: z.literal("signed"), body: z.string() }),
  z.object({ by: z.literal("as-is"), body: z.string().min(1, "Write something.") }),
]);

const Sending = z
  .object({
    operation: z.string().max(40),
    credentialId: z.union([CredentialId, z.literal("")], { error: "Choose a credential." }),
    encoding: z.enum(["json", "form"]),
  })
  .and(Written);

export const sendComposedAction = defineScopedAction(
  { permission: "composer:use", input: Sending },
  async (scope, { operation, credentialId, encoding, ...written }, { address }) => {
    const composition =
      written.by === "fields"
        ? { by: written.by, encoding, values: fieldsIn(written) }
        : { by: written.by, encoding, body: withoutFormBreaks(written.body) };
    return sendComposed(scope, { operation, credentialId, composition }, address);
  },
);

/** The fields of the protocol stand under `f.` in the form. */
function fieldsIn(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const fields = Object.entries(form).flatMap(([name, value]): [string, string][] =>
    name.startsWith("f.") && typeof value === "string" ? [[name.slice(2), withoutFormBreaks(value)]] : [],
  );
  return Object.fromEntries(fields);
}

/** A form carries every line break as two characters; whoever typed it pressed one key. */
function withoutFormBreaks(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
