import { md5 } from "@noble/hashes/legacy";
import { diagnose } from "@/lib/debugger/diagnose";
import { diagnoseGradually } from "@/lib/debugger/diagnose-gradually";

/** What is timed, in Node and in a browser alike: nothing here belongs to either. The secret is invented. */
const secret = "Inv3ntedForTheBench".repeat(7).slice(0, 128);

const fields = {
  mchNo: "M1621873433953",
  appId: "60cc09bce4b0f1c0b83761c9",
  mchOrderNo: "FH-261119-7KQ2M4",
  wayCode: "WX_QR",
  amount: 8800,
  currency: "HKD",
  subject: "Flat white × 2",
  body: "Counter 2, cups to go",
  clientIp: "203.0.113.7",
  notifyUrl: "https://fernhill.example/n/t/counter/pay",
  returnUrl: "",
  expiredTime: 300,
  channelExtra: '{"payDataType":"codeUrl"}',
  reqTime: 1795070081118,
  version: "1.0",
  signType: "MD5",
};

export const caseNames = ["single", "pair", "unexplained"] as const;
export type CaseName = (typeof caseNames)[number];

const text = JSON.stringify(fields);
const utf8 = new TextEncoder();

/** The right way, written once more: names of these fields sort alike with and without case. */
function textSigned(names: readonly string[]): string {
  const pieces = names.filter((name) => fields[name as keyof typeof fields] !== "").sort(byLowerCase);
  return pieces.map((name) => `${name}=${fields[name as keyof typeof fields]}&`).join("");
}

function byLowerCase(left: string, right: string): number {
  return left.toLowerCase() < right.toLowerCase() ? -1 : 1;
}

function digestOf(hashed: string): string {
  return Array.from(md5(utf8.encode(hashed)), (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

const names = Object.keys(fields);
const withoutSignType = textSigned(names.filter((name) => name !== "signType"));

const received: Readonly<Record<CaseName, string>> = {
  single: digestOf(`${withoutSignType}key=${secret}`),
  pair: digestOf(`${withoutSignType}key=${secret}\n`),
  unexplained: "0123456789ABCDEF0123456789ABCDEF",
};

export type Timing = { ms: number; digests: number; mistake: string };

/** One verdict as a person waits for it: page and server pause on the way, so that neither stands still. */
export async function timeVerdict(name: CaseName): Promise<Timing> {
  const startedAt = performance.now();
  const { tried, causes } = await diagnoseGradually({ text, secret, receivedSign: received[name] });
  return { ms: performance.now() - startedAt, digests: tried, mistake: causes[0]?.mistake ?? "" };
}

/** A whole search without a pause. */
export function timeSearch(): Timing {
  const startedAt = performance.now();
  const { tried } = diagnose({ text, secret, receivedSign: received.unexplained });
  return { ms: performance.now() - startedAt, digests: tried, mistake: "" };
}

/** As many digests of the same text by a library that is not ours, with nothing around them. */
export function timeReference(digests: number): Timing {
  const signed = utf8.encode(`${textSigned(names)}key=${secret}`);
  const startedAt = performance.now();
  let kept = 0;
  for (let round = 0; round < digests; round++) {
    signed[0] = round & 0x7f;
    kept ^= md5(signed)[0] ?? 0;
  }
  return { ms: performance.now() - startedAt, digests, mistake: String(kept) };
}
