/** One process of the simulated world: it may die at any of its waits. */
export type Task = {
  name: string;
  waits: number;
  /** It never comes back from its wait of this number. */
  diesAt: number | null;
  onDeath: () => void;
};

/**
 * Virtual time, and one thing at a time: a task runs until its next statement, request or pause, and then waits for its
 * turn. Which turn comes next is decided by virtual time alone, so the same seed gives the same order of everything,
 * down to the single statement.
 */
export type Schedule = {
  now(): number;
  /** Starts a task at an instant. */
  spawn(
    task: { name: string; at: number; diesAt?: number | null; onDeath?: () => void },
    work: () => Promise<void>,
  ): void;
  /** The present task waits, then does one thing that touches the outside world, alone. */
  turn<T>(label: string, waitMs: number, act: () => Promise<T>): Promise<T>;
  pause(label: string, waitMs: number): Promise<void>;
  /** Something that happens within a turn and takes real time; the next turn waits for it. */
  within<T>(act: () => Promise<T>): Promise<T>;
  isInTask(): boolean;
  /** How many turns were taken so far. */
  turns(): number;
  /** Runs everything due up to an instant; `false` when nothing is left at all. */
  runUntil(instant: number): Promise<boolean>;
  /** Hears of every turn. */
  onTurn(heard: (line: string) => void): void;
  clear(): void;
};

type Waiting = { at: number; order: number; label: string; task: string; go: () => Promise<void> | void };

export function openSchedule(start: number): Schedule {
  // One thing at a time: whatever runs between two turns belongs to the task that has the turn.
  let running: Task | null = null;
  let turns = 0;
  let now = start;
  let orders = 0;
  let busy = 0;
  let quiet: (() => void) | null = null;
  let waiting: Waiting[] = [];
  let heard: (line: string) => void = () => {};

  function wait(label: string, at: number, task: string, go: Waiting["go"]): void {
    orders += 1;
    push(waiting, { at: Math.max(at, now), order: orders, label, task, go });
  }

  async function within<T>(act: () => Promise<T>): Promise<T> {
    busy += 1;
    try {
      return await act();
    } finally {
      busy -= 1;
      if (busy === 0) quiet?.();
    }
  }

  /** Until every continuation has run to its next wait. */
  async function settled(): Promise<void> {
    do {
      if (busy > 0) {
        await new Promise<void>((resolve) => {
          quiet = resolve;
        });
        quiet = null;
      }
      await new Promise((resolve) => setImmediate(resolve));
    } while (busy > 0);
  }

  function turn<T>(label: string, waitMs: number, act: () => Promise<T>): Promise<T> {
    const task = running;
    if (!task) throw new Error(`${label}: only a task can wait`);
    task.waits += 1;
    if (task.diesAt !== null && task.waits >= task.diesAt) {
      heard(`${now} ${task.name} dies before ${label}`);
      task.diesAt = 0;
      task.onDeath();
      task.onDeath = () => {};
      return new Promise(() => {});
    }
    return new Promise<T>((resolve, reject) => {
      wait(label, now + waitMs, task.name, () => {
        running = task;
        return within(() => act().then(resolve, reject));
      });
    });
  }

  return {
    now: () => now,
    spawn({ name, at, diesAt = null, onDeath = () => {} }, work) {
      wait("begins", at, name, () => {
        running = { name, waits: 0, diesAt, onDeath };
        void work();
      });
    },
    turn,
    pause: (label, waitMs) => turn(label, waitMs, async () => {}),
    within,
    isInTask: () => running !== null,
    turns: () => turns,
    async runUntil(instant) {
      for (let next = waiting[0]; next && next.at <= instant; next = waiting[0]) {
        pop(waiting);
        now = Math.max(now, next.at);
        turns += 1;
        heard(`${now} ${next.task} ${next.label}`);
        // Not awaited: what it resolves may wait for a turn itself.
        void next.go();
        await settled();
      }
      running = null;
      now = Math.max(now, instant);
      return waiting.length > 0;
    },
    onTurn(listener) {
      heard = listener;
    },
    clear() {
      waiting = [];
    },
  };
}

function isBefore(one: Waiting, other: Waiting): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

function push(heap: Waiting[], item: Waiting): void {
  let at = heap.length;
  heap.push(item);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || !isBefore(item, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = item;
}

function pop(heap: Waiting[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    const smaller = right && left && isBefore(right, left) ? right : left;
    if (!smaller || !isBefore(smaller, last)) break;
    heap[at] = smaller;
    at = smaller === right ? 2 * at + 2 : 2 * at + 1;
  }
  heap[at] = last;
}
