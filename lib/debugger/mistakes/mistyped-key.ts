import { type Mistake, rekeying } from "../mistake";

/** A key that differs from the given secret in one place. */
export type MistypedKey = { readonly key: string; readonly what: string; readonly isSecretToBlame: boolean };

/**
 * Every key that one slip makes of the secret, and every secret of which one slip makes the given one: a character
 * lost, doubled, swapped with the next, or mistaken for another, and a key that was cut off.
 *
 * Source: gateway-protocol SIG-01; a key of 128 characters that was typed from a picture.
 */
export function* mistypedKeys(secret: string): Generator<MistypedKey> {
  for (let at = 0; at < secret.length; at++) {
    const before = secret.slice(0, at);
    const character = secret.charAt(at);
    const behind = secret.slice(at + 1);
    yield signer(`${before}${behind}`, `The key lacks its ${nth(at)} character.`);
    yield signer(
      `${before}${character}${character}${behind}`,
      `The ${nth(at)} character of the key stands there twice.`,
    );
    yield signer(
      `${before}${behind.slice(0, 1)}${character}${behind.slice(1)}`,
      `The ${nth(at)} character of the key and the next changed places.`,
    );
    yield signer(before, `The key was cut off: only its first ${at} characters were used.`);
  }
  for (let at = 0; at <= secret.length; at++) {
    for (const character of keyCharacters) {
      const before = secret.slice(0, at);
      const missing = `The secret given here lacks a character, the ${nth(at)}.`;
      yield { key: `${before}${character}${secret.slice(at)}`, what: missing, isSecretToBlame: true };
      const other = `The ${nth(at)} character of the key and of the secret given here differ.`;
      if (at < secret.length) yield signer(`${before}${character}${secret.slice(at + 1)}`, other);
    }
  }
}

export function mistypedKey({ key, what, isSecretToBlame }: MistypedKey): Mistake {
  return rekeying(
    () => key,
    () => "<key with one slip>",
    {
      ...{ label: "key_mistyped", likelihood: 2, entry: "SIG-01" },
      what,
      fix: isSecretToBlame
        ? "Copy the secret again from the gateway's portal and store it anew here."
        : "Copy the secret as text, never from a picture, and compare length and fingerprint.",
    },
  );
}

const keyCharacters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

function signer(key: string, what: string): MistypedKey {
  return { key, what, isSecretToBlame: false };
}

/** 0 is "1st". */
function nth(index: number): string {
  const place = index + 1;
  const isTeen = place % 100 > 10 && place % 100 < 14;
  return `${place}${isTeen ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th")}`;
}
