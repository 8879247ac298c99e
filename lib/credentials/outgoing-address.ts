import dgram from "node:dgram";
import dns from "node:dns/promises";
import { once } from "node:events";

/**
 * The address of this machine from which calls to a gateway leave, as its operating system would choose it now. Nothing
 * is sent. Behind a translating router the gateway sees another one, which cannot be known from here.
 *
 * @returns null when the host's name leads nowhere within a second, or no way leads there
 */
export async function outgoingAddress(baseUrl: string): Promise<string | null> {
  const { hostname, port } = new URL(baseUrl);
  const timeUp = AbortSignal.timeout(patienceMs);
  try {
    const looked = dns.lookup(hostname.replace(/^\[(.*)\]$/, "$1"));
    const { address, family } = await Promise.race([looked, rejectedBy(timeUp)]);
    const socket = dgram.createSocket(family === 6 ? "udp6" : "udp4");
    try {
      const connected = once(socket, "connect", { signal: timeUp });
      // A datagram socket asks the routing table and no wire.
      socket.connect(Number(port) || 443, address);
      await connected;
      return socket.address().address;
    } finally {
      socket.close();
    }
  } catch {
    // Not to know it is an answer too, and the page says so.
    return null;
  }
}

const patienceMs = 1_000;

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
