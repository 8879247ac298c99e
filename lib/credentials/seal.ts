import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { settings } from "@/lib/config/settings";
import type { CredentialId, EventEndpointId, MerchantId } from "@/lib/domain/ids";
import { Secret } from "@/lib/domain/secret";

/** The row a secret belongs to. It is sealed to exactly this row and opens nowhere else. */
export type SealedPlace = { merchantId: MerchantId; version: number } & (
  | { credentialId: CredentialId }
  | { endpointId: EventEndpointId }
);

export type SealedSecret = { sealed: Buffer; wrappedKey: Buffer };

/** A sealed secret does not open: the row was changed or moved, or `MASTER_KEY` is not the one it was sealed with. */
export class SealBroken extends Error {
  override name = "SealBroken";
}

/**
 * Seals a secret: AES-256-GCM under a key of its own, which `MASTER_KEY` wraps the same way. Both carry the row's name as
 * associated data, so bytes that are swapped between rows, cut or changed do not open.
 */
export function seal(
  secret: Secret,
  place: SealedPlace,
  masterKey: Buffer = keyOf(settings().masterKey),
): SealedSecret {
  const dataKey = randomBytes(keyBytes);
  return {
    sealed: encrypt(Buffer.from(secret.reveal(), "utf8"), dataKey, nameOf(place, secretField(place))),
    wrappedKey: encrypt(dataKey, masterKey, nameOf(place, "data-key")),
  };
}

/**
 * @param masterKeys  any of them may have wrapped it
 * @throws SealBroken
 */
export function open(
  { sealed, wrappedKey }: SealedSecret,
  place: SealedPlace,
  masterKeys: readonly Buffer[] = masterKeysOfProcess(),
): Secret {
  try {
    const { dataKey } = unwrap(wrappedKey, place, masterKeys);
    return new Secret(decrypt(sealed, dataKey, nameOf(place, secretField(place))).toString("utf8"));
  } catch (cause) {
    throw new SealBroken(`${rowOf(place)} does not open: its row was changed, or MASTER_KEY is another one`, { cause });
  }
}

/**
 * Wraps the key of a sealed secret by the first of the master keys, which leaves the secret itself as it is.
 *
 * @returns null when it is wrapped by that one already
 * @throws SealBroken  also when the secret does not open with the key, so that nothing broken is passed on as good
 */
export function rewrap(
  box: SealedSecret,
  place: SealedPlace,
  masterKeys: readonly Buffer[] = masterKeysOfProcess(),
): Buffer | null {
  open(box, place, masterKeys);
  const { dataKey, wrappedBy } = unwrap(box.wrappedKey, place, masterKeys);
  const [first] = masterKeys;
  if (!first || wrappedBy === first) return null;
  return encrypt(dataKey, first, nameOf(place, "data-key"));
}

function unwrap(wrappedKey: Buffer, place: SealedPlace, masterKeys: readonly Buffer[]) {
  const name = nameOf(place, "data-key");
  let refusal: unknown = new Error("no master key");
  for (const wrappedBy of masterKeys) {
    try {
      return { dataKey: decrypt(wrappedKey, wrappedBy, name), wrappedBy };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

function rowOf(place: SealedPlace): string {
  return `secret ${place.version} of ${"endpointId" in place ? "event endpoint" : "credential"} ${ownerOf(place)}`;
}

const format = 1;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Laid out as: one byte of format, nonce, ciphertext, tag. */
function encrypt(text: Buffer, key: Buffer, name: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(name);
  return Buffer.concat([Buffer.of(format), nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(box: Buffer, key: Buffer, name: Buffer): Buffer {
  if (box.length < 1 + nonceBytes + tagBytes) throw new Error("too short");
  if (box[0] !== format) throw new Error(`unknown format ${box[0]}`);
  const nonce = box.subarray(1, 1 + nonceBytes);
  const tag = box.subarray(-tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes })
    .setAAD(name)
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(box.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]);
}

function nameOf(place: SealedPlace, field: "app-secret" | "event-secret" | "data-key"): Buffer {
  return Buffer.from([place.merchantId, ownerOf(place), place.version, field, format].join("|"), "utf8");
}

function ownerOf(place: SealedPlace): string {
  return "endpointId" in place ? place.endpointId : place.credentialId;
}

function secretField(place: SealedPlace): "app-secret" | "event-secret" {
  return "endpointId" in place ? "event-secret" : "app-secret";
}

function masterKeysOfProcess(): Buffer[] {
  const { masterKey, masterKeysAlso } = settings();
  return [masterKey, ...masterKeysAlso].map(keyOf);
}

function keyOf(key: Secret): Buffer {
  return Buffer.from(key.reveal(), "base64");
}
