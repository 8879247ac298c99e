import { type Mistake, replacing, type Said } from "../mistake";
import type { Recipe } from "../recipe";

const placed = "The text ends in &key= and the secret: …&version=1.0&key=<key>.";

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

/** Where the key was put, and under which name. */
export const keyPlaceMistakes: Mistake[] = [...places, ...memberNames, ...sortedIn];
