import { err, ok, type Result } from "@/lib/domain/result";

/**
 * Reads the address of a gateway. HTTPS is required except for this machine itself; credentials, a query string or a
 * fragment in it are refused, a path is kept.
 *
 * @returns the address, or one sentence that says what would be right
 */
export function checkBaseUrl(text: string): Result<URL, string> {
  const typed = text.trim();
  if (!/^https?:\/\/[^/?#]/i.test(typed) || !URL.canParse(typed)) {
    return err("Write a full address such as https://gateway.example.");
  }
  const url = new URL(typed);
  if (url.username !== "" || url.password !== "") return err("Leave the user name and password out of the address.");
  if (typed.includes("?") || typed.includes("#")) return err("Leave out everything from ? or # on.");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return err("Use https://. Plain http:// is allowed for this machine only (localhost).");
  }
  return ok(url);
}

/** The address of one operation below a base address, whether or not that ends in a slash. */
export function addressBelow(baseUrl: URL, path: string): URL {
  const address = new URL(baseUrl);
  address.pathname = `${baseUrl.pathname.replace(/\/+$/, "")}${path}`;
  return address;
}

// The URL parser has already turned forms such as 127.1 or 0x7f000001 into four decimal numbers.
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
