/** One value as it stood on the wire. A number is the text of its literal: reading `1.50` as a float would change what was signed. */
export type WireValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly literal: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "list"; readonly items: readonly WireValue[] }
  | { readonly kind: "object"; readonly members: readonly WireMember[] };

export type WireMember = { readonly name: string; readonly value: WireValue };

/** What else may be signed: a plain object, as a client builds it. `undefined` counts as absent. */
export type PlainFields = { readonly [name: string]: unknown };

/** Deeper nesting than this is refused, so that no message can exhaust the stack. */
export const deepestNesting = 64;

/**
 * The fields of one message, in the order of arrival and with every repetition.
 *
 * `get` and `texts` read as the gateway does: where a name is repeated, the last one counts.
 */
export class WireFields {
  readonly members: readonly WireMember[];
  readonly #last: ReadonlyMap<string, WireValue>;

  constructor(members: readonly WireMember[]) {
    this.members = members;
    this.#last = new Map(members.map(({ name, value }) => [name, value]));
  }

  /** From a plain object; numbers become the literals that `String` writes. Throws a TypeError for what JSON cannot say. */
  static from(fields: WireFields | PlainFields): WireFields {
    return fields instanceof WireFields ? fields : new WireFields(membersOf(fields, 0));
  }

  /** Each name once, in the order of first arrival. */
  get names(): string[] {
    return [...this.#last.keys()];
  }

  get duplicateNames(): string[] {
    const seen = new Set<string>();
    const repeated = new Set<string>();
    for (const { name } of this.members) {
      if (seen.has(name)) repeated.add(name);
      seen.add(name);
    }
    return [...repeated];
  }

  has(name: string): boolean {
    return this.#last.has(name);
  }

  get(name: string): WireValue | undefined {
    return this.#last.get(name);
  }

  /** The text of a scalar field: number literals as written, booleans as words. `null` for absent, null and nested ones. */
  textOf(name: string): string | null {
    const value = this.#last.get(name);
    if (value?.kind === "text") return value.text;
    if (value?.kind === "number") return value.literal;
    if (value?.kind === "boolean") return String(value.value);
    return null;
  }

  without(names: readonly string[]): WireFields {
    return new WireFields(this.members.filter(({ name }) => !names.includes(name)));
  }
}

function membersOf(fields: PlainFields, depth: number): WireMember[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: wireValueOf(value, depth + 1) }));
}

function wireValueOf(value: unknown, depth: number): WireValue {
  if (depth > deepestNesting) throw new TypeError(`Fields are nested deeper than ${deepestNesting} levels.`);
  if (value === null || value === undefined) return { kind: "null" };
  if (typeof value === "string") return { kind: "text", text: value };
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "bigint") return { kind: "number", literal: String(value) };
  if (typeof value === "number" && Number.isFinite(value)) return { kind: "number", literal: String(value) };
  if (Array.isArray(value)) return { kind: "list", items: value.map((item) => wireValueOf(item, depth + 1)) };
  if (isPlainObject(value)) return { kind: "object", members: membersOf(value, depth) };
  throw new TypeError(`A ${typeof value} cannot be a field of a message.`);
}

function isPlainObject(value: unknown): value is PlainFields {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
