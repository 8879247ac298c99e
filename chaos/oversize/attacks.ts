import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Shot } from "./shot";

/** What somebody does who wants memory or time from us. */
export type Attack = {
  name: string;
  /** How many do it at once. */
  senders: number;
  shot: (place: number) => Shot;
  /** Every ending that fits, the best one first; none of them is a success. */
  fits: readonly string[];
  /** By how many megabytes memory may grow, where it is not the usual (20). */
  mostMb?: number;
};

const form = "Content-Type: application/x-www-form-urlencoded";
const megabyte = 1_048_576;
const huge = 150 * megabyte;
/** The product reads no more than that. */
const limit = 65_536;
const block = Buffer.alloc(limit, "a");

/** A message that was read and refused, or not even read because the process has enough to do. */
const refused = ["400", "503"];

/** Whoever goes on sending after he was answered may be cut off before he reads it. */
const whoGoesOn = (...said: string[]) => [...said, "cut off"];

const headOf = (...lines: string[]) => [form, ...lines, "", ""].join("\r\n");
const said = (length: number, ...more: string[]) => headOf(...more, "Connection: close", `Content-Length: ${length}`);
const chunked = headOf("Connection: close", "Transfer-Encoding: chunked");

export const attacks: readonly Attack[] = [
  {
    name: "64 KB in chunks of one byte",
    senders: 100,
    shot: () => ({ head: chunked, pieces: () => tinyChunks() }),
    fits: ["cut off"],
  },
  {
    name: "150 MB, and their length is said",
    senders: 100,
    shot: () => ({ head: said(huge), pieces: () => much(huge) }),
    fits: whoGoesOn("413"),
  },
  {
    name: "150 MB in chunks",
    senders: 100,
    shot: () => ({ head: chunked, pieces: () => inChunks(huge, block) }),
    fits: whoGoesOn("413"),
  },
  {
    name: "150 MB in one chunk",
    senders: 100,
    shot: () => ({ head: chunked, pieces: () => inOneChunk(huge) }),
    fits: whoGoesOn("413"),
  },
  {
    name: "150 MB are said, and ten bytes come",
    senders: 100,
    shot: () => ({ head: said(huge), pieces: () => [block.subarray(0, 10)] }),
    fits: ["413"],
  },
  {
    name: "300 bytes are said, and 150 MB come",
    senders: 100,
    shot: () => ({ head: said(300), pieces: () => much(huge) }),
    fits: whoGoesOn("400", "503", "408"),
  },
  {
    name: "1,000 bytes are said, and ten come",
    senders: 100,
    shot: () => ({ head: said(1_000), pieces: () => [block.subarray(0, 10)] }),
    fits: ["408"],
  },
  {
    name: "1,000 bytes are said, and the sender hangs up after ten",
    senders: 100,
    shot: () => ({ head: said(1_000), pieces: () => [block.subarray(0, 10)], hangsUp: true }),
    fits: ["hung up"],
  },
  {
    name: "two lengths are said",
    senders: 100,
    shot: (place) => ({
      head: place % 2 === 0 ? said(10, "Content-Length: 20") : said(10, "Transfer-Encoding: chunked"),
      pieces: () => much(20),
    }),
    fits: ["400"],
  },
  {
    name: "a hundred thousand parameters",
    senders: 50,
    shot: () => ({ head: said(parameters.length), pieces: () => [parameters] }),
    fits: ["413"],
  },
  {
    name: "as many parameters as fit",
    senders: 50,
    shot: () => ({ head: said(limit), pieces: () => [fittingParameters] }),
    fits: refused,
  },
  {
    name: "brackets within brackets",
    senders: 50,
    shot: (place) => {
      const text = place % 2 === 0 ? "[".repeat(limit) : '{"a":'.repeat(limit / 5);
      return { head: said(text.length), pieces: () => [Buffer.from(text)] };
    },
    fits: refused,
  },
  {
    name: "64 KB that unpack into 64 MB",
    senders: 50,
    shot: (place) => {
      const [encoding, bytes] = packed[place % packed.length] ?? packed[0];
      return { head: said(bytes.length, `Content-Encoding: ${encoding}`), pieces: () => [bytes] };
    },
    fits: refused,
  },
  {
    name: "a head of a megabyte",
    senders: 100,
    shot: () => ({ head: "X-Much: ", pieces: () => much(megabyte) }),
    fits: whoGoesOn("431"),
  },
  {
    name: "one byte of the body a second",
    senders: 1_000,
    shot: () => ({ head: said(1_000), pieces: () => drop(60) }),
    fits: ["408"],
  },
  {
    name: "one byte of the head a second",
    senders: 1_000,
    shot: () => ({ head: "X-Slow: ", pieces: () => drop(60) }),
    fits: whoGoesOn("408"),
  },
  {
    name: "60 KB at once, and then one byte a second",
    senders: 1_000,
    shot: () => ({ head: said(limit), pieces: () => drop(60, block.subarray(0, 60_000)) }),
    fits: ["408", "503"],
    // So much passes through within a second, kept or not, and what was let go of is swept up later.
    mostMb: 100,
  },
];

const parameters = Buffer.from("a=&".repeat(100_000));
const fittingParameters = Buffer.from("a&".repeat(limit / 2));
const bomb = Buffer.alloc(64 * megabyte);
const packed: [[string, Buffer], ...[string, Buffer][]] = [
  ["gzip", gzipSync(bomb)],
  ["deflate", deflateSync(bomb)],
  ["br", brotliCompressSync(bomb)],
];

function* much(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}

function* inChunks(bytes: number, chunk: Buffer): Generator<Buffer> {
  const framed = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  for (let left = bytes; left > 0; left -= chunk.length) yield framed;
  yield Buffer.from("0\r\n\r\n");
}

function* inOneChunk(bytes: number): Generator<Buffer> {
  yield Buffer.from(`${bytes.toString(16)}\r\n`);
  yield* much(bytes);
}

function* tinyChunks(): Generator<Buffer> {
  const some = Buffer.from("1\r\na\r\n".repeat(1_024));
  for (let left = limit; left > 0; left -= 1_024) yield some;
  yield Buffer.from("0\r\n\r\n");
}

async function* drop(seconds: number, first?: Buffer): AsyncGenerator<Buffer> {
  if (first) yield first;
  for (let second = 0; second < seconds; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    yield block.subarray(0, 1);
  }
}
