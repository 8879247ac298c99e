/** `proxy.ts` notes the path of the page here. It only chooses where a sign-in leads, so it needs no trust. */
export const pathHeader = "x-page-path";

/** The sign-in page, with the way back when there is one worth keeping. */
export function signInAddress(path: string | null): string {
  const way = ownPath(path);
  return way === null || way === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(way)}`;
}

/**
 * A path of this console, or `null`: an address that leads elsewhere would make our sign-in page a springboard.
 * Browsers read `//host` and `/\host` as another host, and drop tabs and line ends before they look.
 */
export function ownPath(path: string | null | undefined): string | null {
  if (!path || path.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes("\\")) return null;
  const url = new URL(path, "http://console.invalid");
  if (url.host !== "console.invalid" || /^\/(sign-in|join|api)(\/|$)/.test(url.pathname)) return null;
  return `${url.pathname}${url.search}`;
}
