type Live = {
  url: string;
  onChange: () => void;
  /** Since when nothing is heard any more; `null` as soon as it is heard again. */
  onLost: (since: Date | null) => void;
};

const quietMs = 400;
const reopenMs = 5_000;
const sayLostAfterMs = 10_000;

/**
 * Listens to the server's hints until the returned function is called. A burst of hints becomes one call at its start
 * and one at its end. A hidden page asks nothing: it asks once when it is looked at again.
 */
export function openLive({ url, onChange, onLost }: Live): () => void {
  const change = throttled(onChange, quietMs);
  let source: EventSource;
  let lostAt: Date | null = null;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let saying: ReturnType<typeof setTimeout> | undefined;

  const ask = () => {
    if (document.visibilityState === "visible") change.ask();
  };
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener("change", ask);
    source.addEventListener("open", () => {
      clearTimeout(saying);
      // What was committed since the page was drawn, or while nothing was heard, was announced to nobody here.
      ask();
      lostAt = null;
      onLost(null);
    });
    source.addEventListener("error", () => {
      if (lostAt === null) {
        const since = new Date();
        lostAt = since;
        saying = setTimeout(() => onLost(since), sayLostAfterMs);
      }
      // The browser comes back by itself after a broken line, but not after an answer such as 503.
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(connect, reopenMs * (1 + Math.random()));
    });
  };

  connect();
  document.addEventListener("visibilitychange", ask);
  return () => {
    source.close();
    change.stop();
    clearTimeout(reopening);
    clearTimeout(saying);
    document.removeEventListener("visibilitychange", ask);
  };
}

function throttled(act: () => void, pauseMs: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const ask = () => {
    if (timer !== undefined) {
      isAsked = true;
      return;
    }
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isAsked) return;
      isAsked = false;
      ask();
    }, pauseMs);
  };
  return { ask, stop: () => clearTimeout(timer) };
}
