import type { WireMember } from "@/lib/gateway/wire-fields";
import { knownNames } from "../known-names";
import { keeping, leavingOut, type Mistake, picking, replacing, type Said } from "../mistake";
import { isEmptyText } from "../recipe";

/** What is signed and what is not: the step where most signatures break. */
export function fieldMistakes(members: readonly WireMember[]): Mistake[] {
  return [...repeated(members), ...emptiness, ...groups, ...oneMissing(members), ...added(members)];
}

const emptySign = textField("sign", "");
const isNull = ({ value }: WireMember) => value.kind === "null";
const isEmpty = ({ value }: WireMember) => isEmptyText(value);
const isNested = ({ value }: WireMember) => value.kind === "object" || value.kind === "list";
const isZero = ({ value }: WireMember) => value.kind === "number" && Number(value.literal) === 0;

const skipNothing = "Leave out fields that are null or the empty text before you sign, and sign everything else.";
const keepZero = "Leave out only null and the empty text. 0 and false are values and are signed.";

const emptiness: Mistake[] = [
  keeping(isEmpty, null, {
    ...{ label: "empty_included", likelihood: 1, entry: "SIG-09" },
    what: "Empty fields were signed as name=&.",
    fix: skipNothing,
  }),
  keeping(isNull, "null", {
    ...{ label: "null_as_null", likelihood: 2, entry: "SIG-09" },
    what: "Fields that are null were signed as the word null.",
    fix: skipNothing,
  }),
  keeping(isNull, "None", {
    ...{ label: "null_as_None", likelihood: 3, entry: "SIG-09" },
    what: "Fields that are null were signed as the word None, as Python prints it.",
    fix: skipNothing,
  }),
  keeping(isNull, "", {
    ...{ label: "null_as_empty", likelihood: 2, entry: "SIG-09" },
    what: "Fields that are null were signed as empty ones, name=&.",
    fix: skipNothing,
  }),
  keeping(isNull, "undefined", {
    ...{ label: "null_as_undefined", likelihood: 4, entry: "SIG-09", isAlone: true },
    what: "Fields without a value were signed as the word undefined.",
    fix: skipNothing,
  }),
  {
    ...{ label: "empty_and_null_included", likelihood: 3, entry: "SIG-09", isAlone: true },
    what: "Empty fields were signed as name=&, and null ones as the word null.",
    fix: skipNothing,
    change: (recipe) => ({
      ...recipe,
      isLeftOut: (member) => !isEmpty(member) && !isNull(member) && recipe.isLeftOut(member),
    }),
  },
  leavingOut(isZero, {
    ...{ label: "zero_dropped", likelihood: 1, entry: "SIG-10" },
    what: "Fields with the value 0 were left out as if they were empty.",
    fix: keepZero,
  }),
  leavingOut((member) => isZero(member) || (member.value.kind === "text" && member.value.text === "0"), {
    ...{ label: "zero_dropped", likelihood: 3, entry: "SIG-10", isAlone: true },
    what: 'Fields with the value 0 were left out, as PHP\'s empty() does even for the text "0".',
    fix: keepZero,
  }),
  leavingOut(({ value }) => value.kind === "boolean" && !value.value, {
    ...{ label: "false_dropped", likelihood: 1, entry: "SIG-10" },
    what: "Fields with the value false were left out as if they were empty.",
    fix: keepZero,
  }),
  leavingOut((member) => isZero(member) || (member.value.kind === "boolean" && !member.value.value), {
    ...{ label: "zero_and_false_dropped", likelihood: 3, entry: "SIG-10", isAlone: true },
    what: "Fields with the values 0 and false were left out as if they were empty.",
    fix: keepZero,
  }),
  leavingOut(isNested, {
    ...{ label: "object_dropped", likelihood: 1, entry: "SIG-13" },
    what: "A nested object was sent but left out of the signature.",
    fix: "Send nested values as a text that holds JSON, and sign that text as it is.",
  }),
  picking(flattened, {
    ...{ label: "object_flattened", likelihood: 2, entry: "SIG-13" },
    what: "A nested object was signed as single fields, name[member]=value.",
    fix: "Send the object as a text that holds JSON, and sign that text under the field's own name.",
  }),
  keeping(({ name }) => name === "sign", null, {
    ...{ label: "sign_included", likelihood: 1, entry: "SIG-19" },
    what: "An earlier sign was still among the fields and was signed too.",
    fix: "Remove sign from the fields before you compute a new one.",
  }),
  {
    ...{ label: "sign_included", likelihood: 4, entry: "SIG-19", isAlone: true },
    what: "An empty sign field was signed as sign=&.",
    fix: "Remove sign from the fields before you compute it.",
    change: (recipe) => ({
      ...recipe,
      pick: (members) => [...recipe.pick(members).filter(({ name }) => name !== "sign"), emptySign],
      isLeftOut: (member) => member !== emptySign && recipe.isLeftOut(member),
    }),
  },
];

function textField(name: string, text: string): WireMember {
  return { name, value: { kind: "text", text } };
}

function flattened(members: readonly WireMember[]): WireMember[] {
  return members.flatMap((member) => {
    if (member.value.kind === "object") {
      return flattened(member.value.members.map(({ name, value }) => ({ name: `${member.name}[${name}]`, value })));
    }
    if (member.value.kind === "list") {
      return flattened(member.value.items.map((value, at) => ({ name: `${member.name}[${at}]`, value })));
    }
    return [member];
  });
}

const signAll = "Everything that is sent is signed, except sign itself and what is empty.";

const groups: Mistake[] = [
  without(["signType"], {
    ...{ label: "signType_excluded", likelihood: 1, entry: "SIG-05" },
    what: "signType was sent but not signed.",
    fix: `Add it to the fields before you sign. ${signAll}`,
  }),
  without(["version"], {
    ...{ label: "version_excluded", likelihood: 2 },
    what: "version was sent but not signed.",
    fix: `Add it to the fields before you sign. ${signAll}`,
  }),
  without(["reqTime"], {
    ...{ label: "reqTime_excluded", likelihood: 2 },
    what: "reqTime was sent but not signed.",
    fix: `Add it to the fields before you sign. ${signAll}`,
  }),
  without(["version", "signType", "reqTime"], {
    ...{ label: "envelope_excluded", likelihood: 2, entry: "SIG-12" },
    what: "version, signType and reqTime were added after signing.",
    fix: `Add them first, then sign. ${signAll}`,
  }),
  without(["mchNo", "appId"], {
    ...{ label: "ids_excluded", likelihood: 2, entry: "SIG-12" },
    what: "mchNo and appId were added after signing.",
    fix: `Add them first, then sign. ${signAll}`,
  }),
  without(["mchNo", "appId", "version", "signType", "reqTime"], {
    ...{ label: "ids_and_envelope_excluded", likelihood: 3, entry: "SIG-12" },
    what: "Only the order's own fields were signed; mchNo, appId, version, signType and reqTime were added afterwards.",
    fix: `Add them first, then sign. ${signAll}`,
  }),
];

function without(names: readonly string[], said: Said): Mistake {
  return leavingOut(({ name }) => names.includes(name), said);
}

/** Each single field that may have been added after signing, or that the signer never had. */
function oneMissing(members: readonly WireMember[]): Mistake[] {
  const names = [...new Set(members.map(({ name }) => name))].filter((name) => name !== "sign");
  const unknown = names.filter((name) => !knownNames.has(name));
  const all = names.map((name) => (knownNames.has(name) ? missing(name) : unsigned([name])));
  return unknown.length > 1 ? [...all, unsigned(unknown)] : all;
}

function missing(name: string): Mistake {
  return without([name], {
    ...{ label: `field_missing:${name}`, likelihood: 3, entry: "SIG-12" },
    what: `${name} was sent but not signed.`,
    fix: `Sign the same fields that you send. ${signAll}`,
  });
}

function unsigned(names: readonly string[]): Mistake {
  const list = names.join(", ");
  const [it, was] = names.length === 1 ? ["it", "was"] : ["them", "were"];
  return without(names, {
    ...{ label: "unsigned_extra_field", likelihood: 2, entry: "SIG-14" },
    what: `${list} ${was} not part of what was signed; no message of the protocol has ${it}.`,
    fix: `When you check a notification, first take out what your own address added. In a request, do not send ${it}.`,
  });
}

function added(members: readonly WireMember[]): Mistake[] {
  const usual: [name: string, text: string][] = [
    ["signType", "MD5"],
    ["version", "1.0"],
    ["currency", "HKD"],
    ["currency", "hkd"],
    ["currency", "cny"],
    ["currency", "CNY"],
    ["divisionMode", "0"],
  ];
  const missingOnes = usual.filter(([name]) => members.every((member) => member.name !== name));
  return missingOnes.map(([name, text]) => ({
    ...picking((present) => [...present, textField(name, text)], {
      ...{ label: `field_added:${name}`, likelihood: name === "signType" || name === "version" ? 2 : 4 },
      entry: "SIG-12",
      what: `${name}=${text} was signed but not sent.`,
      fix: `Send ${name} too, or do not sign it. What is signed and what is sent must be the same fields.`,
    }),
    ...(name === "signType" || name === "version" ? {} : { isAlone: true as const }),
  }));
}

function repeated(members: readonly WireMember[]): Mistake[] {
  const first = new Map([...members].reverse().map((member) => [member.name, member]));
  if (first.size === members.length) return [];
  return [
    replacing(
      { pick: () => members.filter((member) => first.get(member.name) === member) },
      {
        ...{ label: "repeated_name_first", likelihood: 2 },
        what: "A name comes more than once, and its first value was signed; the gateway reads the last one.",
        fix: "Send every name once.",
      },
    ),
  ];
}
