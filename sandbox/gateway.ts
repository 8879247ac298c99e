import { runDue } from "./due";
import type { App, Merchant } from "./records";
import { seedMerchants } from "./seed";
import { openState, type State } from "./state";

/** The running pretend gateway: what it remembers, its own clock, and what it is doing at the moment. */
export type Gateway = {
  state: State;
  /** Epoch milliseconds of the sandbox's clock, which tests may put forward. */
  now(): number;
  /** Asks to be woken at this time of the sandbox's clock. */
  wakeAt(at: number): void;
  /** Looks at once for what is due, for instance after the clock was changed. */
  wake(): void;
  /** Messages that are on their way, by notification. */
  deliveries: Map<string, Promise<void>>;
  /** Ends what is on its way when the sandbox stops; it is sent again after the next start. */
  stopping: AbortSignal;
  close(): Promise<void>;
};

const longestTimer = 2 ** 31 - 1;

export async function openGateway(folder: string): Promise<Gateway> {
  const state = await openState(folder);
  let timer: NodeJS.Timeout | null = null;
  let timerAt = Number.POSITIVE_INFINITY;
  const stop = new AbortController();

  const gateway: Gateway = {
    state,
    now: () => Date.now() + state.knobs.offsetMs,
    wakeAt(at) {
      if (stop.signal.aborted || at >= timerAt) return;
      if (timer) clearTimeout(timer);
      timerAt = at;
      timer = setTimeout(gateway.wake, Math.min(Math.max(at - gateway.now(), 0), longestTimer));
    },
    wake() {
      if (timer) clearTimeout(timer);
      timer = null;
      timerAt = Number.POSITIVE_INFINITY;
      if (stop.signal.aborted) return;
      const next = runDue(gateway);
      if (next !== null) gateway.wakeAt(next);
    },
    deliveries: new Map(),
    stopping: stop.signal,
    async close() {
      stop.abort();
      if (timer) clearTimeout(timer);
      await Promise.allSettled(gateway.deliveries.values());
      await state.close();
    },
  };
  if (state.merchants.size === 0) seedMerchants(state);
  await state.durable();
  gateway.wake();
  return gateway;
}

export function appOf(merchant: Merchant | undefined, appId: string | null): App | undefined {
  return merchant?.apps.find((app) => app.appId === appId);
}
