import type { Reach } from "./reach";

/** What came back over the public address. `bytes` is the beginning of the body. */
export type Reply = {
  status: number;
  contentType: string | null;
  location: string | null;
  bytes: Uint8Array;
  isWhole: boolean;
  durationMs: number;
};

/** A step that failed, by the platform's code, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
export type Failed = { problem: string };

export type Certificate = {
  /** Null when the chain is trusted and the name is in it. */
  problem: string | null;
  issuer: string;
  /** From our own certificate up to the last one that was sent. */
  chain: readonly string[];
  validUntil: Date;
};

/** What was seen of our own public address from this machine. A step that could not be reached is null. */
export type AddressFacts = {
  url: string;
  now: Date;
  reach: Reach;
  /** The gateway runs on this machine, as the sandbox of a demo does. */
  isGatewayHere: boolean;
  addresses: readonly { address: string; reach: Reach }[] | Failed;
  connection: { address: string } | Failed | null;
  /** Null also where the address is plain http. */
  certificate: Certificate | Failed | null;
  /** To a message that is answered as a notification is. */
  answer: Reply | Failed | null;
  /** Whether the other end showed that it is this installation; null when it was not asked. */
  isOurs: boolean | null;
};

export function hasFailed<T extends object>(step: T | Failed | null): step is Failed {
  return step !== null && "problem" in step && Object.keys(step).length === 1;
}

export function textOf({ bytes }: Reply): string {
  return new TextDecoder().decode(bytes);
}

export function hexOf({ bytes }: Reply): string {
  const shown = [...bytes.subarray(0, 32)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
  return bytes.byteLength > 32 ? `${shown} …` : shown;
}
