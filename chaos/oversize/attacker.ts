import { setPriority } from "node:os";
import { attacks } from "./attacks";
import { type Ending, shoot, type Target } from "./shot";

/** What an attacker is told to do: one of the attacks, again and again for a while. */
export type Order = { attack: string; target: Target; seconds: number };

/** How often each ending came, and how much was got rid of. */
export type Tally = { endings: Record<string, number>; megabytes: number };

/**
 * A process of its own, so that its work is not taken for the product's, nor for that of honest senders: attackers bring
 * processors of their own, so it has to wait for those of this machine.
 */
setPriority(19);
process.on("message", (order: Order) => {
  attack(order).then(
    (tally) => process.send?.(tally),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());

async function attack({ attack: name, target, seconds }: Order): Promise<Tally> {
  const found = attacks.find((one) => one.name === name);
  if (!found) throw new Error(`there is no attack "${name}"`);
  const tally: Tally = { endings: {}, megabytes: 0 };
  const note = ({ said, bytes }: Ending) => {
    tally.endings[said] = (tally.endings[said] ?? 0) + 1;
    tally.megabytes += bytes / 1_048_576;
  };
  const end = performance.now() + seconds * 1_000;
  do {
    const senders = Array.from({ length: found.senders }, (_, place) => shoot(target, found.shot(place)).then(note));
    await Promise.all(senders);
  } while (performance.now() < end);
  return tally;
}
