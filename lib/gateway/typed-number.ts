import { err, ok, type Result } from "@/lib/domain/result";
import type { WireValue } from "./wire-fields";

type NumberType = "long" | "int" | "byte";

const range: Readonly<Record<NumberType, { bits: number; largest: bigint }>> = {
  byte: { bits: 8, largest: 127n },
  int: { bits: 32, largest: 2_147_483_647n },
  long: { bits: 64, largest: 9_223_372_036_854_775_807n },
};

/**
 * Reads a member that the gateway declares as a whole number.
 *
 * Fractions of a number literal are cut off, padding, leading zeros, thousands separators and a fraction of zeros in a
 * text are overlooked, `true` is 1; an empty text and the text `null` are absent.
 *
 * @returns the number, `null` for absent, or the end of a sentence that begins with the member's name
 * Source: gateway-protocol 2.5; `TypeUtils` of the reference server's JSON library; `vectors/gateway.json`.
 */
export function readTypedNumber(type: NumberType, value: WireValue): Result<WireValue | null, string> {
  switch (value.kind) {
    case "null":
      return ok(null);
    case "boolean":
      return ok({ kind: "number", literal: value.value ? "1" : "0" });
    case "number":
      return fitting(type, wholePart(value.literal));
    case "text":
      return readText(type, value.text);
    case "list":
    case "object":
      return err("is nested and cannot be read as a number");
  }
}

function readText(type: NumberType, text: string): Result<WireValue | null, string> {
  const plain = text.trim().replaceAll(",", "");
  if (plain === "" || plain.toLowerCase() === "null") return ok(null);
  const digits = /^([+-]?[0-9]+)(?:\.0*)?$/.exec(plain)?.[1];
  return fitting(type, digits === undefined ? null : BigInt(digits.replace("+", "")));
}

/** The digits before the point of a JSON number; `null` for one too far away to write out. */
function wholePart(literal: string): bigint | null {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(literal);
  if (!match) return null;
  const [, minus = "", whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (Math.abs(shift) > 100) return null;
  const pointAt = whole.length + shift;
  const digits = `${whole}${fraction}`.padEnd(pointAt, "0").slice(0, Math.max(pointAt, 0));
  const size = BigInt(digits === "" ? "0" : digits);
  return minus === "-" ? -size : size;
}

function fitting(type: NumberType, number: bigint | null): Result<WireValue, string> {
  if (number === null) return err("cannot be read as a whole number");
  const { bits, largest } = range[type];
  if (number > largest || number < -largest - 1n) return err(`does not fit into ${bits} bits`);
  return ok({ kind: "number", literal: String(number) });
}
