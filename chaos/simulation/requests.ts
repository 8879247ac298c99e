import { abortError, networkError } from "../shop/network";
import { followOrder, followRefund } from "./payers";
import { fateOf } from "./weather";
import type { World } from "./world";

/** One request of the product on its way through a bad network, to the gateway and back. */
export async function networkOf(world: World, path: string, body: string): Promise<Response> {
  const { schedule, random, weather } = world;
  const deadline = takeDeadline();
  const fate = fateOf(random, weather);
  if (fate.kind !== "arrives") world.count(`requests: ${fate.kind}`);
  const name = path.slice(path.lastIndexOf("/") + 1);
  // A process may die here with nothing sent, and after the next turn with everything sent.
  await schedule.pause(`sends ${name}`, 1 + random.below(5));
  switch (fate.kind) {
    case "unreachable":
      throw networkError("ECONNREFUSED");
    case "reset-before":
      await schedule.pause("reset", random.below(3_000));
      throw networkError("ECONNRESET");
    case "lost":
      return giveUp(world, deadline);
    case "answer-lost":
      await reach(world, path, body);
      return giveUp(world, deadline);
    case "reset-after":
      await reach(world, path, body);
      await schedule.pause("reset", random.below(3_000));
      throw networkError("ECONNRESET");
    case "late":
      schedule.spawn({ name: `late ${name}`, at: schedule.now() + fate.afterMs }, async () => {
        execute(world, path, body);
      });
      return giveUp(world, deadline);
    case "spoiled": {
      const answer = fate.isExecuted ? await reach(world, path, body) : "{}";
      const { status, text } = fate.spoil(answer);
      return new Response(text, { status, headers: { "content-type": "application/json" } });
    }
    case "arrives": {
      const answer = await reach(world, path, body);
      return answer === null ? new Response("", { status: 404 }) : new Response(answer, { status: 200 });
    }
  }
}

/** The gateway executes in one instant; the answer takes its time. */
async function reach(world: World, path: string, body: string): Promise<string> {
  const { schedule, random } = world;
  const answer = await schedule.turn("arrives", 10 + random.below(700), async () => execute(world, path, body));
  await schedule.pause("answers", 10 + random.below(700));
  return answer as string;
}

/** `null` for an operation this gateway does not have. */
function execute(world: World, path: string, body: string): string | null {
  if (path === "/api/refund/query" && !world.weather.hasRefundQuery) return null;
  const { book } = world.gateway;
  const before = { orders: book.orders.size, refunds: book.refunds.size };
  const answer = world.gateway.answer(path, body);
  const newOrder = book.orders.size > before.orders ? [...book.orders.values()].at(-1) : undefined;
  if (newOrder) followOrder(world, newOrder);
  const newRefund = book.refunds.size > before.refunds ? [...book.refunds.values()].at(-1) : undefined;
  if (newRefund) followRefund(world, newRefund);
  return answer;
}

async function giveUp({ schedule }: World, deadline: Deadline): Promise<never> {
  await schedule.pause("gives up", deadline.ms);
  deadline.strike();
  throw abortError();
}

type Deadline = { ms: number; strike: () => void };

let set: Deadline | null = null;

/**
 * The product's client sets its deadline in the same breath in which it sends: here it strikes in virtual time.
 *
 * @returns puts the real timers back
 */
export function catchDeadlines(isInTask: () => boolean): () => void {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign(
    (handler: () => void, ms = 0, ...rest: unknown[]) => {
      if (ms < 1_000 || !isInTask()) return real(handler, ms, ...rest);
      set = { ms, strike: handler };
      return {};
    },
    { __promisify__: real.__promisify__ },
  ) as typeof setTimeout;
  return () => {
    globalThis.setTimeout = real;
  };
}

function takeDeadline(): Deadline {
  if (!set) throw new Error("A request was sent without a deadline.");
  const taken = set;
  set = null;
  return taken;
}
