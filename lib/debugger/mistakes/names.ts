import type { WireMember } from "@/lib/gateway/wire-fields";
import { type Mistake, picking, renaming } from "../mistake";

/** Names that were signed otherwise than they were sent. */
export function nameMistakes(members: readonly WireMember[]): Mistake[] {
  const names = [...new Set(members.map(({ name }) => name))].filter((name) => name !== "sign");
  return [...swapped(members), ...names.flatMap(oneName), ...allNames];
}

const oneSpelling =
  "Names are signed exactly as they are sent, in the protocol's own spelling: mchNo, appId, mchOrderNo.";

const allNames: Mistake[] = [
  renaming((name) => name.toLowerCase(), {
    ...{ label: "names_lowercased", likelihood: 3, entry: "SIG-14" },
    what: "All names were put into lower case before signing.",
    fix: oneSpelling,
  }),
  renaming(snakeCase, {
    ...{ label: "names_snake_case", likelihood: 3, entry: "SIG-14" },
    what: "All names were turned into snake_case before signing.",
    fix: oneSpelling,
  }),
  renaming((name) => name.toUpperCase(), {
    ...{ label: "names_uppercased", likelihood: 4, entry: "SIG-14" },
    what: "All names were put into upper case before signing.",
    fix: oneSpelling,
  }),
  renaming(capitalised, {
    ...{ label: "names_capitalised", likelihood: 4, entry: "SIG-14" },
    what: "All names were signed with a capital first letter, as some languages print their properties.",
    fix: oneSpelling,
  }),
  renaming((name) => snakeCase(name).replaceAll("_", "-"), {
    ...{ label: "names_kebab_case", likelihood: 5, entry: "SIG-14", isAlone: true },
    what: "All names were turned into kebab-case before signing.",
    fix: oneSpelling,
  }),
];

function oneName(name: string): Mistake[] {
  const spellings: [spelling: string, isAlone: boolean][] = [
    [name.toLowerCase(), false],
    [capitalised(name), false],
    [name.toUpperCase(), true],
    [snakeCase(name), true],
    [name.replace(/[A-Z][a-z]+$/, (ending) => ending.toUpperCase()), true],
  ];
  const others = new Map(spellings.filter(([spelling]) => spelling !== name).reverse());
  return [...others].reverse().map(([spelling, isAlone]) =>
    renaming((signed) => (signed === name ? spelling : signed), {
      ...{ label: `name_case_changed:${name}`, likelihood: isAlone ? 4 : 3, entry: "SIG-14" },
      ...(isAlone ? { isAlone } : {}),
      what: `${name} was signed under the name ${spelling}.`,
      fix: oneSpelling,
    }),
  );
}

function swapped(members: readonly WireMember[]): Mistake[] {
  const mchNo = members.findLast(({ name }) => name === "mchNo");
  const appId = members.findLast(({ name }) => name === "appId");
  if (!mchNo || !appId) return [];
  const other: Readonly<Record<string, WireMember>> = { mchNo: appId, appId: mchNo };
  return [
    picking(
      (present) => present.map((member) => ({ name: member.name, value: (other[member.name] ?? member).value })),
      {
        ...{ label: "ids_swapped", likelihood: 3, entry: "SIG-22" },
        what: "The values of mchNo and appId were exchanged.",
        fix: "mchNo begins with M and digits; appId is the 24-digit hexadecimal one.",
      },
    ),
  ];
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function capitalised(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
