import { gzipSync } from "node:zlib";

/** How an answer goes wrong on its way. `genuine` is what the gateway said, `null` when it never saw the request. */
export type Spoil = {
  name: string;
  /** The product may believe what is left of the answer. */
  isHarmless?: boolean;
  /** The time limit ends the call, not the answer. */
  isSlow?: boolean;
  isLarge?: boolean;
  make: (genuine: string | null) => Answer;
};

export type Answer =
  | { kind: "whole"; status?: number; headers?: Record<string, string>; body: string | Uint8Array }
  /** Nothing at all, until the caller goes. */
  | { kind: "silence" }
  | { kind: "reset" }
  /** Promises more than it sends, then cuts. */
  | { kind: "cut"; body: string }
  | { kind: "drip" }
  | { kind: "flood"; bytes: number };

/** A success that nobody signed, for a request that was never executed. */
const claim = '{"code":0,"msg":"SUCCESS","data":{"state":2,"orderState":2},"sign":"00000000000000000000000000000000"}';
const block = gzipSync(Buffer.alloc(4 * 2 ** 20, 0x20));
/** 256 MB of blanks in a quarter of a megabyte. */
const bomb = Buffer.concat(Array.from({ length: 64 }, () => block));

const whole = (body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): Answer => ({
  kind: "whole",
  status,
  headers,
  body,
});

export const spoils: readonly Spoil[] = [
  { name: "silence", isSlow: true, make: () => ({ kind: "silence" }) },
  { name: "one byte at a time", isSlow: true, make: () => ({ kind: "drip" }) },
  { name: "connection reset", make: () => ({ kind: "reset" }) },
  { name: "cut in the middle", make: (genuine) => ({ kind: "cut", body: genuine ?? claim }) },
  { name: "HTTP 500", make: () => whole("oops", 500) },
  { name: "HTTP 502", make: () => whole("<h1>Bad gateway</h1>", 502) },
  { name: "HTTP 503 with a success in it", make: (genuine) => whole(genuine ?? claim, 503) },
  { name: "redirect", make: () => whole("", 302, { location: "http://127.0.0.1:9/elsewhere" }) },
  { name: "HTML", make: () => whole("<!doctype html><title>Maintenance</title>") },
  { name: "nothing", make: () => whole("") },
  { name: "half of the JSON", make: (genuine) => whole((genuine ?? claim).slice(0, 40)) },
  { name: "a list", make: () => whole("[]") },
  {
    name: "a signature of somebody else",
    make: (genuine) => whole((genuine ?? claim).replace(/"sign":".{4}/, '"sign":"0000')),
  },
  { name: "no signature", make: (genuine) => whole((genuine ?? claim).replace(/,"sign":"[^"]*"/, "")) },
  { name: "success without data", make: () => whole('{"code":0,"msg":"SUCCESS"}') },
  {
    name: "repeated names",
    make: (genuine) => whole((genuine ?? claim).replace('"data":{', '"data":{"state":3,"state":2,')),
  },
  { name: "invalid UTF-8", make: () => whole(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])) },
  { name: "XML", make: () => whole("<ApiRes><code>0</code></ApiRes>", 200, { "content-type": "application/xml" }) },
  { name: "system error", make: () => whole('{"code":9999,"msg":"系统异常"}') },
  { name: "database error", make: () => whole('{"code":10,"msg":"数据库服务异常"}') },
  { name: "words nobody knows", make: () => whole('{"code":9999,"msg":"请稍后"}') },
  { name: "a number without an end", make: () => whole(`{"code":0,"data":{"amount":${"9".repeat(500)}},"sign":"x"}`) },
  { name: "1 GB", isLarge: true, make: () => ({ kind: "flood", bytes: 2 ** 30 }) },
  { name: "a gzip bomb", isLarge: true, make: () => whole(bomb, 200, { "content-encoding": "gzip" }) },
  {
    name: "numbers as texts",
    isHarmless: true,
    make: (genuine) => whole(asTexts(genuine ?? '{"code":9999,"msg":"系统异常"}')),
  },
];

function asTexts(answer: string): string {
  return answer.replace(/("(?:amount|state|orderState|refundAmount|payAmount)":)(\d+)/g, '$1"$2"');
}
