import * as charset from "../charsets";
import * as hashes from "../hashes";
import { type Mistake, replacing } from "../mistake";

const utf8 = "Turn the text into bytes as UTF-8.";
const md5 = "Use plain MD5 over the text that ends in &key= and the secret.";

/** How the text becomes bytes. */
const encodings: Mistake[] = [
  encoded(charset.asGbk, "gbk_bytes", 1, "as GBK instead of UTF-8"),
  encoded(charset.asBig5, "big5_bytes", 3, "as Big5 instead of UTF-8"),
  encoded(
    charset.asLatin1,
    "latin1_question_marks",
    2,
    "in a one-byte character set; other characters became question marks",
  ),
  encoded(charset.asAscii, "ascii_question_marks", 3, "as ASCII; other characters became question marks"),
  encoded(charset.asUtf16LittleEndian, "utf16_bytes", 2, "as UTF-16 instead of UTF-8"),
  encoded(charset.asUtf16BigEndian, "utf16_big_endian_bytes", 4, "as UTF-16 (big-endian) instead of UTF-8"),
  encoded(charset.asUtf8Twice, "utf8_twice", 3, "as UTF-8 twice: its bytes were taken for Latin-1 in between"),
  encoded(charset.asUtf8WithMark, "utf8_with_bom", 4, "as UTF-8 with a byte order mark in front"),
];

function encoded(encode: charset.Encode, label: string, likelihood: Mistake["likelihood"], how: string): Mistake {
  return replacing(
    { encode },
    {
      ...{ label, likelihood, entry: "SIG-17", ...(likelihood === 4 ? { isAlone: true as const } : {}) },
      what: `The text was hashed ${how}.`,
      fix: utf8,
    },
  );
}

const others: Mistake[] = [
  hashed(
    hashes.md5OfLowerHex,
    "double_md5_lower",
    2,
    "MD5 was applied twice, the second time to the lower-case digits of the first.",
  ),
  hashed(
    hashes.md5OfUpperHex,
    "double_md5_upper",
    2,
    "MD5 was applied twice, the second time to the upper-case digits of the first.",
  ),
  hashed(
    hashes.md5OfMd5Bytes,
    "double_md5_bytes",
    4,
    "MD5 was applied twice, the second time to the bytes of the first.",
  ),
  hashed(hashes.plainSha256, "sha256", 1, "SHA-256 was used instead of MD5."),
  hashed(hashes.plainSha1, "sha1", 2, "SHA-1 was used instead of MD5."),
  hashed(hashes.plainSha512, "sha512", 3, "SHA-512 was used instead of MD5."),
  ...keyed(hashes.hmacMd5, "hmac_md5", "HMAC-MD5", 2),
  ...keyed(hashes.hmacSha256, "hmac_sha256", "HMAC-SHA256", 1),
  ...keyed(hashes.hmacSha1, "hmac_sha1", "HMAC-SHA1", 3),
  ...keyed(hashes.hmacSha512, "hmac_sha512", "HMAC-SHA512", 4),
];

function hashed(hash: hashes.Hash, label: string, likelihood: Mistake["likelihood"], what: string): Mistake {
  const isAlone = likelihood === 4 ? { isAlone: true as const } : {};
  return replacing({ hash }, { label, likelihood, entry: "SIG-07", ...isAlone, what, fix: md5 });
}

function keyed(hash: hashes.Hash, label: string, name: string, likelihood: Mistake["likelihood"]): Mistake[] {
  return [
    replacing(
      { hash, place: ({ list }) => list },
      {
        ...{ label, likelihood, entry: "SIG-07" },
        what: `${name} with the key over the joined fields was used instead of MD5.`,
        fix: md5,
      },
    ),
    replacing(
      { hash },
      {
        ...{ label: `${label}_with_key_member`, likelihood, entry: "SIG-07" },
        what: `${name} with the key over the whole text, key= included, was used instead of MD5.`,
        fix: md5,
      },
    ),
    replacing(
      { hash, place: ({ list, separator }) => `${list}${separator}` },
      {
        ...{ label, likelihood: 4, entry: "SIG-07", isAlone: true },
        what: `${name} with the key over the joined fields and a last & was used instead of MD5.`,
        fix: md5,
      },
    ),
  ];
}

export const byteMistakes: Mistake[] = [...encodings, ...others];
