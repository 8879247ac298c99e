import type { Message } from "./message";
import { readPrintedDigest } from "./printed-digest";

type Facts = {
  readonly message: Message;
  readonly secret: string;
  readonly receivedSign: string;
  readonly isUnexplained: boolean;
  /** Whether the secret may be spoken of letter by letter. */
  readonly tellsPlacesInSecret: boolean;
};

/** What a careful reader would remark, one sentence each. The secret is spoken of, never shown. */
export function observationsOn({ message, secret, receivedSign, ...facts }: Facts): string[] {
  const { isUnexplained, tellsPlacesInSecret } = facts;
  return [
    ...(isUnexplained ? [...aboutSign(receivedSign), ...aboutSecret(secret, tellsPlacesInSecret)] : []),
    ...aboutFields(message),
  ];
}

function aboutSign(received: string): string[] {
  if (received.trim() === "") return [];
  if (readPrintedDigest(received).length === 0) {
    return [
      `What was received as the signature is no digest: it has ${received.length} characters. An MD5 has 32 hexadecimal digits.`,
    ];
  }
  const digits = received.trim().length;
  const hash = { 40: "SHA-1", 64: "SHA-256", 128: "SHA-512" }[digits];
  return hash ? [`A signature of ${digits} digits looks like ${hash}; the gateway asks for MD5, which has 32.`] : [];
}

/** Source: gateway-protocol 2.3 (128 letters and digits). */
function aboutSecret(secret: string, tellsPlaces: boolean): string[] {
  const notes: string[] = [];
  if (secret.length !== usualSecretLength) {
    notes.push(`The secret has ${secret.length} characters; EasyLink's usually have ${usualSecretLength}.`);
  }
  const odd = secret.search(/[^A-Za-z0-9]/);
  if (odd !== -1) {
    const which = tellsPlaces ? `Character ${odd + 1}` : "A character";
    notes.push(`${which} of the secret is neither a letter nor a digit.`);
  }
  return notes;
}

const usualSecretLength = 128;

function aboutFields({ fields, kind, envelope }: Message): string[] {
  const notes: string[] = [];
  if (envelope) notes.push("This is a whole answer: only the fields inside data are signed.");
  for (const name of fields.duplicateNames) notes.push(`${name} comes more than once; the last one counts.`);
  const withAmpersand = fields.members.filter(({ value }) => value.kind === "text" && value.text.includes("&"));
  if (kind === "from-gateway" && withAmpersand.length > 0) {
    const names = withAmpersand.map(({ name }) => name).join(", ");
    notes.push(`${names} holds an ampersand, so the signed text can be divided into fields in more than one way.`);
  }
  for (const name of ["notifyUrl", "returnUrl"]) {
    const address = fields.textOf(name) ?? "";
    if (address !== "" && !isWebAddress(address)) notes.push(`${name} is no web address: "${address}".`);
  }
  const nested = fields.members.filter(({ value }) => value.kind === "object" || value.kind === "list");
  for (const { name } of nested)
    notes.push(`${name} is a nested value, which the gateway signs in an order of its own: send it as a text.`);
  const reqTime = fields.textOf("reqTime");
  if (kind === "request" && reqTime !== null && !/^[0-9]{13}$/.test(reqTime)) {
    notes.push(`reqTime is "${reqTime}"; it should be 13 digits, milliseconds since 1970.`);
  }
  return notes;
}

/** `URL` forgives `https:://x` and `https:/x`; a gateway that calls back does not. */
function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/:\s]/.test(text) && URL.canParse(text);
}
