/** Lets a few do their work at the same time and a few more wait, for a while. */
export type Gate = {
  /** `busy`: too many wait already. `late`: it did not come to its end in time; what was begun goes on unheard. */
  pass: <T>(work: () => Promise<T>) => Promise<T | "busy" | "late">;
  /** Whoever comes now is told `busy`. */
  isFull: () => boolean;
  /** Whoever comes now is begun at once. */
  isFree: () => boolean;
};

/**
 * Makes a gate in front of something scarce, so that a flood or a stop behind it costs neither memory nor patience:
 * whoever cannot be served soon hears so at once, or when `waitingMs` are over without a beginning, or at the latest when
 * `patienceMs` are over.
 */
export function openGate({
  atOnce,
  mostWaiting,
  waitingMs,
  patienceMs,
}: {
  atOnce: number;
  mostWaiting: number;
  waitingMs: number;
  patienceMs: number;
}): Gate {
  let running = 0;
  // In the order in which they came.
  const waiting = new Set<() => void>();

  const begin = () => {
    running += 1;
  };
  const end = () => {
    running -= 1;
    for (const next of waiting) {
      waiting.delete(next);
      next();
      return;
    }
  };
  const isFull = () => running >= atOnce && waiting.size >= mostWaiting;

  return {
    isFull,
    isFree: () => running < atOnce,
    pass<T>(work: () => Promise<T>) {
      if (isFull()) return Promise.resolve("busy" as const);
      const cameAt = performance.now();
      return new Promise<T | "late">((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(start);
          resolve("late");
        };
        const start = () => {
          begin();
          clearTimeout(clock);
          clock = setTimeout(giveUp, patienceMs - (performance.now() - cameAt));
          const finish = () => {
            clearTimeout(clock);
            end();
          };
          work().then(
            (value) => {
              finish();
              resolve(value);
            },
            (cause: unknown) => {
              finish();
              reject(cause);
            },
          );
        };
        let clock = setTimeout(giveUp, waitingMs);
        if (running < atOnce) start();
        else waiting.add(start);
      });
    },
  };
}
