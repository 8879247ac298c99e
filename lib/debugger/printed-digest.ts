/**
 * One way in which the received signature may show a digest of `length` bytes. `labels` are the slips of printing that
 * it takes; none for the right way, upper-case hexadecimal digits.
 */
export type PrintedDigest = {
  readonly labels: readonly PrintLabel[];
  readonly length: number;
  readonly shows: (digest: Uint8Array) => boolean;
  /** Only a part of a digest: not to be combined with other slips than one. */
  readonly isPart: boolean;
};

export type PrintLabel = keyof typeof printMistakes;

/** What went wrong when the digest was printed. */
export const printMistakes = {
  digest_lowercase: {
    what: "The digest was left in lower case. The gateway does not mind in requests, but code that compares exactly refuses it.",
    fix: "Put the digest into upper case, and compare without regard to case.",
    entry: "SIG-18",
  },
  digest_base64: {
    what: "The digest was sent as base64 instead of hexadecimal digits.",
    fix: "Print the digest as 32 upper-case hexadecimal digits.",
    entry: "SIG-07",
  },
  digest_base64_of_hex: {
    what: "The hexadecimal digits of the digest were encoded as base64 once more.",
    fix: "Send the 32 hexadecimal digits as they are.",
    entry: "SIG-07",
  },
  digest_16_chars: {
    what: "Only the middle 16 digits were sent, the short MD5 that some tools print.",
    fix: "Send all 32 digits.",
    entry: "SIG-07",
  },
  digest_cut_off: {
    what: "The digest was cut off: only its first digits were sent.",
    fix: "Send all 32 digits of an MD5.",
    entry: "SIG-07",
  },
  digest_dashed: {
    what: "The bytes of the digest were sent with separators between them.",
    fix: "Send 32 hexadecimal digits without anything between them.",
    entry: "SIG-07",
  },
  digest_leading_zero_lost: {
    what: "The digest was printed as one big number, so its leading zero is gone.",
    fix: "Pad the digest with zeros to 32 digits.",
    entry: "SIG-07",
  },
  digest_unpadded_bytes: {
    what: "Each byte of the digest was printed without padding to two digits, so zeros are missing.",
    fix: "Print every byte as two digits.",
    entry: "SIG-07",
  },
  digest_surrounded: {
    what: "Something stands around the digest: spaces, quotation marks or 0x.",
    fix: "Send the 32 digits alone.",
    entry: "SIG-07",
  },
} as const;

const digestLengths = [16, 20, 32, 64] as const;

/** Every way to read what was received as a digest; none when it is no digest at all. */
export function readPrintedDigest(received: string): PrintedDigest[] {
  const direct = readBare(received);
  if (direct.length > 0) return direct;
  const bare = received
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/^0x/i, "")
    .trim();
  if (bare === received) return [];
  return readBare(bare).map((printed) => ({ ...printed, labels: [...printed.labels, "digest_surrounded"] }));
}

function readBare(text: string): PrintedDigest[] {
  if (/^[0-9a-fA-F]+$/.test(text)) return readHex(text, []);
  if (/^[0-9a-fA-F]{2}([-: ][0-9a-fA-F]{2})+$/.test(text))
    return readHex(text.replace(/[-: ]/g, ""), ["digest_dashed"]);
  return readBase64(text);
}

function readHex(text: string, before: readonly PrintLabel[]): PrintedDigest[] {
  const labels: PrintLabel[] = /[a-f]/.test(text) ? ["digest_lowercase", ...before] : [...before];
  const digits = text.toUpperCase();
  return digestLengths.flatMap((length): PrintedDigest[] => {
    if (digits.length === length * 2) return [{ labels, length, isPart: false, shows: equals(bytesOfHex(digits)) }];
    if (digits.length > length * 2 || before.length > 0) return [];
    const found: PrintedDigest[] = [];
    const padded = digits.padStart(length * 2, "0");
    if (padded.length - digits.length <= 4) {
      found.push({
        labels: [...labels, "digest_leading_zero_lost"],
        length,
        isPart: false,
        shows: equals(bytesOfHex(padded)),
      });
    }
    if (digits.length >= length * 1.5) {
      found.push({
        labels: [...labels, "digest_unpadded_bytes"],
        length,
        isPart: false,
        shows: (digest) => unpadded(digest) === digits,
      });
    }
    if (length === 16 && digits.length === 16) {
      const middle = bytesOfHex(digits);
      found.push({
        labels: [...labels, "digest_16_chars"],
        length,
        isPart: false,
        shows: (digest) => hasAt(digest, middle, 4),
      });
    }
    if (digits.length >= 16 && digits.length % 2 === 0) {
      const first = bytesOfHex(digits);
      found.push({
        labels: [...labels, "digest_cut_off"],
        length,
        isPart: true,
        shows: (digest) => hasAt(digest, first, 0),
      });
    }
    return found;
  });
}

function readBase64(text: string): PrintedDigest[] {
  if (!/^[A-Za-z0-9+/_-]{20,180}={0,2}$/.test(text)) return [];
  const bytes = bytesOfBase64(text);
  if (bytes === null) return [];
  const inner = String.fromCharCode(...bytes);
  if (/^[0-9a-fA-F]+$/.test(inner)) {
    return readHex(inner, [])
      .filter(({ labels }) => labels.every((label) => label === "digest_lowercase"))
      .map((printed) => ({ ...printed, labels: [...printed.labels, "digest_base64_of_hex"] }));
  }
  const length = digestLengths.find((candidate) => candidate === bytes.length);
  return length === undefined ? [] : [{ labels: ["digest_base64"], length, isPart: false, shows: equals(bytes) }];
}

function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return null;
  }
}

function bytesOfHex(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

function equals(expected: Uint8Array): (digest: Uint8Array) => boolean {
  return (digest) => digest.length === expected.length && hasAt(digest, expected, 0);
}

function hasAt(digest: Uint8Array, part: Uint8Array, from: number): boolean {
  for (let at = 0; at < part.length; at++) if (digest[from + at] !== part[at]) return false;
  return true;
}

function unpadded(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16))
    .join("")
    .toUpperCase();
}
