import { z } from "zod";
import { MinorUnits } from "@/lib/domain/money";
import type { WireFields } from "@/lib/gateway/fields";

/** Numbers of the protocol as they may stand on the wire, as JSON number or as text: nothing but 1 to 18 digits. */
export const wireNumberPattern = /^[0-9]{1,18}$/;

const Digits = z.string().regex(wireNumberPattern).transform(Number).pipe(z.int());

/** A text, `null` when the field is absent or empty. */
export const AnswerText = z.string().min(1).nullable().catch(null);
/** A gateway's own number for a state or kind. */
export const AnswerNumber = Digits.nullable().catch(null);
export const AnswerAmount = Digits.pipe(MinorUnits).nullable().catch(null);
/** Epoch milliseconds; 0 means "not yet" and is `null`. */
export const AnswerTime = Digits.pipe(z.int().positive().max(8_640_000_000_000_000))
  .transform((ms) => new Date(ms))
  .nullable()
  .catch(null);

/** What every reading carries beside its own values. */
export type Reading = {
  /** Known fields that were there and could not be read as what they should be; they are `null` in the reading. */
  readonly oddFields: readonly string[];
  /** Fields that nobody has told us about, scalar ones as text and nested ones as `null`. */
  readonly extra: Readonly<Record<string, string | null>>;
  /** Everything, exactly as it arrived. */
  readonly fields: WireFields;
};

/** Reads fields by a schema of tolerant values: nothing in a message can make it fail. */
export function readTolerantly<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, fields: WireFields) {
  const known = Object.keys(schema.shape);
  const texts = Object.fromEntries(known.map((name) => [name, fields.textOf(name)]));
  const values = schema.parse(texts);
  const read: Readonly<Record<string, unknown>> = values;
  const isPresent = (name: string) => !["", null].includes(fields.textOf(name)) || isNested(fields, name);
  return {
    values,
    oddFields: known.filter((name) => isPresent(name) && read[name] === null),
    extra: Object.fromEntries(
      fields.names
        .filter((name) => !known.includes(name) && name !== "sign")
        .map((name) => [name, fields.textOf(name)]),
    ),
  };
}

function isNested(fields: WireFields, name: string): boolean {
  const kind = fields.get(name)?.kind;
  return kind === "list" || kind === "object";
}
