import { z } from "zod";
import { Secret } from "@/lib/domain/secret";
import { checkBaseUrl } from "@/lib/gateway/base-url";
import { Sender } from "@/lib/gateway/wire/requests";

/** Way codes as people type them, between commas or spaces. None: every way code. */
export const WayCodes = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ])
  .pipe(
    z.array(z.string().regex(/^[A-Z0-9_]{1,30}$/, "Write way codes such as WX_QR, ALI_QR.")).max(40, "At most 40."),
  );

const CredentialLabel = z.string().trim().min(1, "Give it a name people recognise.").max(60, "At most 60 characters.");

/** The gateway's address, without a slash at its end. */
const BaseUrl = z.string().transform((text, context) => {
  const url = checkBaseUrl(text);
  if (url.ok) return url.value.href.replace(/\/+$/, "");
  context.addIssue({ code: "custom", message: url.error });
  return z.NEVER;
});

/** A pasted secret: spaces and line ends around it are from the pasting and not a part of it. */
export const PastedSecret = z
  .string()
  .trim()
  .min(1, "Paste the secret of the application.")
  .min(8, "A secret this short would be guessed. Paste the whole of it.")
  .max(512, "At most 512 characters.")
  .regex(/^[\x21-\x7e]+$/, "A secret has letters, digits and signs, without spaces inside.")
  .transform((text) => new Secret(text));

/** A fingerprint as somebody types it off the page: groups and capitals are not a part of it. */
export const TypedFingerprint = z.string().transform((text) => text.replace(/\s+/g, "").toLowerCase());

/** What a person gives to add a credential. The environment comes from the page or the command. */
export const NewCredential = z.object({
  label: CredentialLabel,
  baseUrl: BaseUrl,
  mchNo: z.string().trim().min(1, "Such as M1621873433953.").pipe(Sender.shape.mchNo),
  appId: z.string().trim().min(1, "Such as 60cc09bce4b0f1c0b83761c9.").pipe(Sender.shape.appId),
  secret: PastedSecret,
  wayCodes: WayCodes,
  encoding: z.enum(["json", "form"]).default("json"),
});
export type NewCredential = z.output<typeof NewCredential>;

/** What may be changed later. Another address, merchant or application would be another credential. */
export const CredentialChange = z.object({ credentialId: z.uuid(), label: CredentialLabel, wayCodes: WayCodes });
