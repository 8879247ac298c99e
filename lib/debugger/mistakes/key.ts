import { plainMd5, upperHex } from "../hashes";
import { type Mistake, rekeying } from "../mistake";

export type KeyFacts = {
  readonly secret: string;
  readonly mchNo: string | null;
  readonly appId: string | null;
  /** Other secrets that may have been taken, by a name for people. */
  readonly otherSecrets: Readonly<Record<string, string>>;
};

const trimmed = "Take spaces, line ends and quotation marks off the secret when you read it.";

/** Which key was taken, and how it was spelled. */
export function keyMistakes(facts: KeyFacts): Mistake[] {
  return [...otherKeys(facts), ...spellings(facts.secret)];
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
