import { expect, test } from "vitest";
import { newId, PaymentId } from "@/lib/domain/ids";
import { virtualiseProcess } from "./virtual-time";

/** What the product draws in three turns, and an id made in the last of them. */
function drawnWith(seed: number, { strangers }: { strangers: number }): { chances: number[]; id: string } {
  let turn = 0;
  const process = virtualiseProcess(
    () => Date.UTC(2040, 0, 1),
    () => turn,
  );
  try {
    process.reseed(seed);
    const chances = [1, 2, 3].map((present) => {
      turn = present;
      // A connection that is opened or closed draws for itself.
      for (let stranger = 0; stranger < strangers; stranger += 1) Math.random();
      return Math.random();
    });
    return { chances, id: newId(PaymentId).slice(-16) };
  } finally {
    process.restore();
  }
}

test("the product's chance follows from the seed and the turn, however often a library draws in between", () => {
  const alone = drawnWith(1, { strangers: 0 });
  expect(drawnWith(1, { strangers: 3 })).toEqual(alone);
  expect(new Set(alone.chances).size).toBe(3);
});

test("ids follow from the seed although they are drawn in advance", () => {
  const first = drawnWith(1, { strangers: 0 });
  const other = drawnWith(2, { strangers: 0 });
  expect(other.id).not.toBe(first.id);
  expect(other.chances).not.toEqual(first.chances);
  expect(drawnWith(1, { strangers: 0 }).id).toBe(first.id);
});
