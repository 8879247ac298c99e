import { encodableText } from "@/lib/gateway/canonical-string";
import { readFields, UnreadableFields, type WireMember, type WireValue } from "@/lib/gateway/fields";
import { inHashTableOrder } from "@/lib/gateway/java-hash-table";
import { compareIgnoringCase, javaText } from "@/lib/gateway/java-text";
import { asUtf8, type Encode } from "./charsets";
import { type Hash, plainMd5 } from "./hashes";
import { type JsonStyle, writeJson } from "./json-style";

/** A field that takes part, with the text of its value. */
export type Piece = { readonly name: string; readonly text: string };

export type Styles = {
  /** How a value that is JSON inside a text is written anew; `null` leaves the text alone. */
  readonly jsonTexts: JsonStyle | null;
  /** How a nested value is written; `null` is the gateway's way. */
  readonly objects: JsonStyle | null;
};

/**
 * Every step from the fields of a message to its digest. A mistake is a change of one step, so any two mistakes can
 * be made at once. Only the printing of the digest is missing: it is read backwards from what was received.
 */
export type Recipe = {
  /** Which members there are, before anything is left out. */
  readonly pick: (members: readonly WireMember[]) => readonly WireMember[];
  readonly isLeftOut: (member: WireMember) => boolean;
  readonly nameOf: (name: string) => string;
  readonly write: (member: WireMember, styles: Styles) => string;
  readonly styles: Styles;
  readonly sortsKeyIn: boolean;
  readonly arrange: (pieces: Piece[], ranks: ReadonlyMap<string, number>) => Piece[];
  readonly pair: (piece: Piece) => string;
  readonly separator: string;
  readonly finishList: (list: string) => string;
  readonly keyOf: (secret: string) => string;
  /** The same change as `keyOf` makes, for the eye: it gets `<key>`. */
  readonly showKey: (shown: string) => string;
  readonly keyName: string;
  readonly place: (parts: { list: string; separator: string; keyName: string; key: string }) => string;
  readonly finish: (text: string) => string;
  readonly encode: Encode;
  readonly hash: Hash;
};

/** A message to be signed. `ranks` is the order of the gateway's hash table, which decides between equal pieces. */
export type Material = {
  readonly members: readonly WireMember[];
  readonly ranks: ReadonlyMap<string, number>;
  readonly secret: string;
};

export function materialOf(members: readonly WireMember[], secret: string): Material {
  const ranks = new Map(inHashTableOrder(members).map(({ name }, rank) => [name, rank]));
  return { members, ranks, secret };
}

/** The gateway's own way, gateway-protocol 2.2. A test holds it against `lib/gateway/signature.ts`. */
export const rightRecipe: Recipe = {
  pick: lastOfEachName,
  isLeftOut: ({ name, value }) => name === "sign" || value.kind === "null" || isEmptyText(value),
  nameOf: (name) => name,
  write: writeRight,
  styles: { jsonTexts: null, objects: null },
  sortsKeyIn: false,
  arrange: arrangeRight,
  pair: ({ name, text }) => `${name}=${text}`,
  separator: "&",
  finishList: (list) => list,
  keyOf: (secret) => secret,
  showKey: (shown) => shown,
  keyName: "key",
  place: ({ list, separator, keyName, key }) => `${list}${list === "" ? "" : separator}${keyName}=${key}`,
  finish: (text) => text,
  encode: (text) => asUtf8(encodableText(text)),
  hash: plainMd5,
};

export function isEmptyText(value: WireValue): boolean {
  return value.kind === "text" && value.text === "";
}

/** The fields that take part, in the order in which they are joined. */
export function piecesOf(recipe: Recipe, { members, ranks, secret }: Material): Piece[] {
  const pieces: Piece[] = [];
  for (const member of recipe.pick(members)) {
    if (recipe.isLeftOut(member)) continue;
    pieces.push({ name: recipe.nameOf(member.name), text: recipe.write(member, recipe.styles) });
  }
  if (recipe.sortsKeyIn) pieces.push({ name: recipe.keyName, text: recipe.keyOf(secret) });
  return recipe.arrange(pieces, ranks);
}

/** The fields joined, without the key. */
export function listOf(recipe: Recipe, material: Material): string {
  return recipe.finishList(piecesOf(recipe, material).map(recipe.pair).join(recipe.separator));
}

/** The text that is hashed. */
export function textOf(recipe: Recipe, material: Material, list = listOf(recipe, material)): string {
  const { separator, keyName } = recipe;
  return recipe.finish(recipe.place({ list, separator, keyName, key: recipe.keyOf(material.secret) }));
}

/** The text that is hashed, with `<key>` where the key stands. */
export function shownTextOf(recipe: Recipe, material: Material): string {
  const shown = textOf({ ...recipe, keyOf: recipe.showKey }, { ...material, secret: "<key>" });
  // A secret pasted into a field is still a secret; a shorter one would also be found inside harmless words.
  return material.secret.length < shortestHiddenSecret ? shown : shown.replaceAll(material.secret, "<key>");
}

const shortestHiddenSecret = 8;

export function digestOf(recipe: Recipe, material: Material, text = textOf(recipe, material)): Uint8Array {
  return recipe.hash.of(recipe.encode(text), recipe.keyOf(material.secret));
}

/** Whether two ways come to the same list of fields, as far as their steps tell. */
export function makesSameList(one: Recipe, other: Recipe): boolean {
  return (
    !one.sortsKeyIn &&
    !other.sortsKeyIn &&
    one.pick === other.pick &&
    one.isLeftOut === other.isLeftOut &&
    one.nameOf === other.nameOf &&
    one.write === other.write &&
    one.styles === other.styles &&
    one.arrange === other.arrange &&
    one.pair === other.pair &&
    one.separator === other.separator &&
    one.finishList === other.finishList
  );
}

function lastOfEachName(members: readonly WireMember[]): readonly WireMember[] {
  const last = new Map(members.map((member) => [member.name, member]));
  return last.size === members.length ? members : [...last.values()];
}

function writeRight({ value }: WireMember, { jsonTexts, objects }: Styles): string {
  if (value.kind === "text") {
    const nested = jsonTexts && nestedIn(value);
    return nested ? writeJson(nested, jsonTexts) : value.text;
  }
  const isNested = value.kind === "object" || value.kind === "list";
  return isNested && objects ? writeJson(value, objects) : javaText(value);
}

const readNested = new WeakMap<WireValue, WireValue | null>();

/** The object that is written as JSON inside a text; `null` where there is none. */
export function nestedIn(value: WireValue): WireValue | null {
  if (value.kind !== "text" || !/^\s*\{/.test(value.text)) return null;
  const known = readNested.get(value);
  if (known !== undefined) return known;
  const read = readObject(value.text);
  readNested.set(value, read);
  return read;
}

function readObject(text: string): WireValue | null {
  try {
    return { kind: "object", members: readFields(text).members };
  } catch (cause) {
    if (cause instanceof UnreadableFields) return null;
    throw cause;
  }
}

function arrangeRight(pieces: Piece[], ranks: ReadonlyMap<string, number>): Piece[] {
  return pieces.sort((left, right) => {
    const byPiece = comparePieces(left, right);
    return byPiece === 0 ? (ranks.get(left.name) ?? 0) - (ranks.get(right.name) ?? 0) : byPiece;
  });
}

const plainName = /^[\x20-\x3c\x3e-\x7e]+$/;
const foldedNames = new Map<string, string | null>();

/** `name=` without regard to case, for a name that decides the order alone; `null` where whole pieces are to be compared. */
function foldedName(name: string): string | null {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  const folded = plainName.test(name) ? `${name.toLowerCase()}=` : null;
  if (foldedNames.size < 5_000) foldedNames.set(name, folded);
  return folded;
}

function comparePieces(left: Piece, right: Piece): number {
  const leftName = foldedName(left.name);
  const rightName = foldedName(right.name);
  if (leftName !== null && rightName !== null && leftName !== rightName) return leftName < rightName ? -1 : 1;
  return compareIgnoringCase(`${left.name}=${left.text}&`, `${right.name}=${right.text}&`);
}
