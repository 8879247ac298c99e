import { plainMd5, upperHex } from "../hashes";
import { type Mistake, rekeying, replacing, type Said } from "../mistake";
import type { Recipe } from "../recipe";

export type KeyFacts = {
  readonly secret: string;
  readonly mchNo: string | null;
  readonly appId: string | null;
  /** Other secrets that may have been taken, by a name for people. */
  readonly otherSecrets: Readonly<Record<string, string>>;
};

const placed = "The text ends in &key= and the secret: …&version=1.0&key=<key>.";
const trimmed = "Take spaces, line ends and quotation marks off the secret when you read it.";

/** Which key was taken, how it was spelled and where it was put. */
export function keyMistakes(facts: KeyFacts): Mistake[] {
  return [...otherKeys(facts), ...spellings(facts.secret), ...places, ...memberNames, ...sortedIn];
}

function otherKeys({ secret, mchNo, appId, otherSecrets }: KeyFacts): Mistake[] {
  const others = Object.entries(otherSecrets).filter(([, other]) => other !== "" && other !== secret);
  return [
    ...others.map(([label, other]) => otherKey(label, other)),
    ...constantKey(appId, "appId", "key_is_app_id", "The application id was used as the key."),
    ...constantKey(mchNo, "mchNo", "key_is_mch_no", "The merchant number was used as the key."),
    ...["undefined", "null", "None"].flatMap((word) =>
      constantKey(
        word,
        word,
        "key_undefined",
        `The key was the word ${word}: the secret was not there where it was signed.`,
      ),
    ),
  ];
}

function otherKey(label: string, other: string): Mistake {
  const isEnvironment = /^(test|production)\b/i.test(label);
  return rekeying(
    () => other,
    () => `<key of ${label}>`,
    {
      ...{ label: isEnvironment ? "key_other_environment" : "key_other_credential", likelihood: 1 },
      entry: isEnvironment ? "SIG-03" : "SIG-04",
      what: `It was signed with the key of ${label}.`,
      fix: isEnvironment
        ? "Address, merchant number, application id and secret belong together: change the environment of all four at once."
        : "Every application has a secret of its own. Choose it by the appId of the message.",
    },
  );
}

function constantKey(value: string | null, shown: string, label: string, what: string): Mistake[] {
  if (value === null || value === "") return [];
  const fix = "The key is the secret of the application, as the gateway's portal shows it.";
  return [
    rekeying(
      () => value,
      () => `<${shown}>`,
      { label, likelihood: 3, entry: "SIG-01", what, fix },
    ),
  ];
}

function spellings(secret: string): Mistake[] {
  const repaired = secret
    .replace(/^\uFEFF/, "")
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .trim();
  const untrimmed =
    repaired === secret || repaired === ""
      ? []
      : [
          rekeying(
            () => repaired,
            () => "<key without what surrounds it>",
            {
              ...{ label: "secret_has_surroundings", likelihood: 1 as const, entry: "SIG-02" },
              what: "The secret given here has spaces, a line end or quotation marks around it; without them the digests agree.",
              fix: trimmed,
            },
          ),
        ];
  return [...untrimmed, ...spelled];
}

const spelled: Mistake[] = [
  around(
    "",
    "\n",
    "key_trailing_newline",
    1,
    "a line end behind it, as when it is read from a file or piped through echo",
  ),
  around("", "\r\n", "key_trailing_crlf", 2, "a carriage return and line end behind it, as in a file from Windows"),
  around("", "\r", "key_trailing_cr", 4, "a carriage return behind it"),
  around("", " ", "key_trailing_space", 2, "a space behind it"),
  around("", "\t", "key_trailing_tab", 4, "a tab behind it"),
  around(" ", "", "key_leading_space", 2, "a space in front"),
  around("\uFEFF", "", "key_leading_bom", 2, "a byte order mark in front, as some editors put at the start of a file"),
  around('"', '"', "key_quoted", 2, "its quotation marks still around it"),
  around("'", "'", "key_quoted", 3, "its quotation marks still around it"),
  around(" ", " ", "key_spaces_around", 4, "spaces around it"),
  rekeying(
    (key) => key.slice(0, -1),
    () => "<key without its last character>",
    {
      ...{ label: "key_truncated_last", likelihood: 2, entry: "SIG-01" },
      what: "The last character of the key is missing.",
      fix: "Copy the secret again, whole, and compare its length.",
    },
  ),
  rekeying(
    (key) => key.slice(1),
    () => "<key without its first character>",
    {
      ...{ label: "key_truncated_first", likelihood: 2, entry: "SIG-01" },
      what: "The first character of the key is missing.",
      fix: "Copy the secret again, whole, and compare its length.",
    },
  ),
  rekeying(
    (key) => key.toLowerCase(),
    () => "<key in lower case>",
    {
      ...{ label: "key_lowercased", likelihood: 3, entry: "SIG-01" },
      what: "The key was put into lower case.",
      fix: "Upper and lower case of the secret matter: use it as it is.",
    },
  ),
  rekeying(
    (key) => key.toUpperCase(),
    () => "<key in upper case>",
    {
      ...{ label: "key_uppercased", likelihood: 3, entry: "SIG-01" },
      what: "The key was put into upper case.",
      fix: "Upper and lower case of the secret matter: use it as it is.",
    },
  ),
  ...[md5Lower, md5Upper].map((hashed) =>
    rekeying(hashed, () => "<MD5 of the key>", {
      ...{ label: "key_hashed", likelihood: 4 as const, entry: "SIG-01", isAlone: true as const },
      what: "The MD5 of the key was used as the key.",
      fix: "Use the secret as it is.",
    }),
  ),
];

function around(
  before: string,
  behind: string,
  label: string,
  likelihood: Mistake["likelihood"],
  how: string,
): Mistake {
  const wrap = (key: string) => `${before}${key}${behind}`;
  const isAlone = likelihood === 4 ? { isAlone: true as const } : {};
  return rekeying(wrap, wrap, {
    label,
    likelihood,
    entry: "SIG-02",
    ...isAlone,
    what: `The key has ${how}.`,
    fix: trimmed,
  });
}

function md5Lower(key: string): string {
  return md5Upper(key).toLowerCase();
}

function md5Upper(key: string): string {
  return upperHex(plainMd5.of(new TextEncoder().encode(key), ""));
}

type Place = Recipe["place"];

const places: Mistake[] = [
  at(({ list }) => list, "key_missing", 1, "The key was never added."),
  at(
    ({ list, separator }) => `${list}${separator}`,
    "key_missing_trailing_amp",
    2,
    "The key was never added; the text ends in &.",
  ),
  at(
    ({ list, separator, keyName }) => `${list}${separator}${keyName}=`,
    ...([
      "key_value_missing",
      1,
      "The text ends in key= with nothing behind it: the secret was empty where it was signed.",
    ] as const),
  ),
  at(({ list, key }) => `${list}${key}`, "key_without_name", 2, "The key was added directly, without &key=."),
  at(
    ({ list, separator, key }) => `${list}${separator}${key}`,
    "key_amp_without_name",
    2,
    "The key was added behind &, but without key=.",
  ),
  at(
    ({ list, keyName, key }) => `${list}${keyName}=${key}`,
    "key_without_amp",
    2,
    "key= was added without the & before it.",
  ),
  at(
    ({ list, separator, keyName, key }) => `${list}${separator}${separator}${keyName}=${key}`,
    ...(["double_amp_before_key", 1, "There are two & before key: the joined fields already ended in one."] as const),
  ),
  at(
    ({ list, separator, keyName, key }) => `${list}${separator}${keyName}=${key}${separator}`,
    ...(["trailing_amp", 2, "The text ends in & behind the key."] as const),
  ),
  at(
    ({ list, separator, keyName, key }) => `${keyName}=${key}${separator}${list}`,
    "key_first",
    2,
    "key= was put in front of the fields.",
  ),
  at(({ list, key }) => `${key}${list}`, "key_prefix_raw", 2, "The bare key was put in front of the fields."),
  at(
    ({ list, key }) => `${key}${list}${key}`,
    "key_both_ends",
    3,
    "The bare key was put both in front of and behind the fields.",
  ),
  at(
    ({ list, separator, keyName, key }) => `${list}${separator}${keyName}:${key}`,
    "key_with_colon",
    4,
    "The key was added with a colon, key:.",
  ),
];

function at(place: Place, label: string, likelihood: Mistake["likelihood"], what: string): Mistake {
  const isAlone = likelihood === 4 ? { isAlone: true as const } : {};
  return replacing({ place }, { label, likelihood, entry: "SIG-08", ...isAlone, what, fix: placed });
}

const memberNames: Mistake[] = (
  [
    ["KEY", "key_member_upper", 2],
    ["secret", "key_member_secret", 2],
    ["appSecret", "key_member_appsecret", 2],
    ["Key", "key_member_capitalised", 4],
    ["appKey", "key_member_appkey", 4],
    ["apiKey", "key_member_apikey", 4],
    ["secretKey", "key_member_secretkey", 4],
    ["app_secret", "key_member_app_secret", 4],
    ["privateKey", "key_member_privatekey", 4],
    ["signKey", "key_member_signkey", 4],
    ["mchKey", "key_member_mchkey", 4],
  ] as const
).map(([keyName, label, likelihood]) =>
  replacing({ keyName }, {
    ...{ label, likelihood, entry: "SIG-08", ...(likelihood === 4 ? { isAlone: true as const } : {}) },
    what: `The last piece was called ${keyName}= instead of key=.`,
    fix: placed,
  } satisfies Said),
);

const sortedIn: Mistake[] = [
  replacing(
    { sortsKeyIn: true, place: ({ list }) => list },
    {
      ...{ label: "key_sorted_in", likelihood: 2, entry: "SIG-08" },
      what: "key was sorted in among the fields; it belongs at the very end.",
      fix: placed,
    },
  ),
];
