/** What stands in for the network: it sees every request of the product's own client. */
export type Network = (url: URL, body: string, signal: AbortSignal | null) => Promise<Response>;

/** Takes the place of `fetch` until the returned function is called. */
export function interceptFetch(network: Network): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return network(url, typeof init?.body === "string" ? init.body : "", init?.signal ?? null);
  };
  return () => {
    globalThis.fetch = real;
  };
}

/** A failure of the platform's client: its code stands in the cause, as there. */
export function networkError(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

/** What the platform's client throws when the caller gives up. */
export function abortError(): DOMException {
  return new DOMException("This operation was aborted", "AbortError");
}
