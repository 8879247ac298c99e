import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFields } from "@/lib/gateway/fields";
import { canonicalString, sign } from "@/lib/gateway/signature";
import { diagnose } from "./diagnose";
import { readInput } from "./read-input";

const key = "invented-key-for-tests-0123456789abcdef";
const order = {
  mchNo: "M1621873433953",
  appId: "60cc09bce4b0f1c0b83761c9",
  mchOrderNo: "FH-261119-7KQ2M4",
  wayCode: "WX_QR",
  amount: 8800,
  subject: 'Flat white × 2, it\'s "hot" & 100% good + more',
  notifyUrl: "https://fernhill.example/n/t?a=1&b=2",
  channelExtra: '{"payDataType":"codeUrl"}',
  reqTime: 1795070081118,
  version: "1.0",
  signType: "MD5",
};
const signature = sign(order, key);
const signed = { ...order, sign: signature };
const json = JSON.stringify(signed);
const form = new URLSearchParams(Object.entries(signed).map(([name, value]) => [name, String(value)])).toString();
const canonical = `${canonicalString(order)}key=${key}`;
const address = "https://ts-api-pay.gnete.com.hk/api/pay/unifiedOrder";
const singleQuoted = `'${json.replaceAll("'", "'\\''")}'`;
const doubleQuoted = `"${json.replace(/["\\$`]/g, "\\$&")}"`;
const ansiQuoted = `$'${json.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("×", "\\u00d7")}'`;
/** As Chromium copies it for `cmd.exe`: `^` before what the prompt could take for its own. Source: its escapeStringWin. */
const promptQuoted = (text: string) =>
  `^"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.,?;()*`]/g, "^$&")
    .replace(/\n/g, "^\n\n")}^"`;
const harEntry = (url: string, text: string) => ({
  request: {
    method: "POST",
    url,
    headers: [{ name: "Content-Type", value: "application/json" }],
    postData: { mimeType: "application/json", text },
  },
  response: { status: 200 },
});

const ways: [name: string, pasted: string, form: string, endpoint: string | null][] = [
  ["a JSON body", json, "json", null],
  ["a pretty JSON body", JSON.stringify(signed, null, 2), "json", null],
  ["a form body", form, "form", null],
  ["a query string", `?${form}`, "form", null],
  ["an address", `${address}?${form}`, "address", "unifiedOrder"],
  [
    "a curl command with single quotes",
    `curl -sS ${address} \\\n  -H 'Content-Type: application/json' -d ${singleQuoted}`,
    "curl",
    "unifiedOrder",
  ],
  [
    "a curl command with double quotes",
    `$ curl -X POST --data-raw ${doubleQuoted} "${address}/"`,
    "curl",
    "unifiedOrder",
  ],
  [
    "a curl command from a browser",
    `curl '${address}' -H 'accept: */*' --data-raw ${ansiQuoted} --compressed`,
    "curl",
    "unifiedOrder",
  ],
  [
    "a curl command from a browser on Windows",
    `curl ${promptQuoted(address)} ^\r\n  -H ^"accept: */*^" ^\r\n  --data-raw ${promptQuoted(JSON.stringify(signed, null, 2))}`,
    "curl",
    "unifiedOrder",
  ],
  ["a curl command with a form", `curl ${address} -d '${form}'`, "curl", "unifiedOrder"],
  [
    "a curl command with a form in pieces",
    `curl ${address} ${form
      .split("&")
      .map((piece) => `-d '${piece}'`)
      .join(" ")}`,
    "curl",
    "unifiedOrder",
  ],
  [
    "a curl command that encodes",
    `curl -sG ${address} ${Object.entries(signed)
      .map(([name, value]) => `--data-urlencode '${name}=${String(value).replaceAll("'", "'\\''")}'`)
      .join(" ")}`,
    "curl",
    "unifiedOrder",
  ],
  [
    "a raw request",
    `POST /api/pay/unifiedOrder HTTP/1.1\r\nHost: x.example\r\nContent-Type: application/json\r\n\r\n${json}`,
    "http",
    "unifiedOrder",
  ],
  [
    "a raw request with a form",
    `POST /api/pay/unifiedOrder HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n${form}\n`,
    "http",
    "unifiedOrder",
  ],
  [
    "a HAR file",
    JSON.stringify({
      log: {
        entries: [
          harEntry("https://cdn.example/x.js", ""),
          harEntry(address, json),
          harEntry("https://stats.example/e", "{}"),
        ],
      },
    }),
    "har",
    "unifiedOrder",
  ],
  ["a HAR entry", JSON.stringify(harEntry(address, json)), "har", "unifiedOrder"],
  [
    "a log line with JSON",
    `2026-11-19 14:35:02.118 INFO [http-1] PayClient - request: ${json} took 31 ms`,
    "log",
    null,
  ],
  [
    "a log line with JSON inside JSON",
    JSON.stringify({ level: "info", msg: `POST ${address}`, body: json }),
    "log",
    "unifiedOrder",
  ],
  [
    "a log line with the signed text",
    `14:35:02 DEBUG JeepayKit - signStr:${canonical}\n14:35:02 DEBUG JeepayKit - sign:${signature}`,
    "log",
    null,
  ],
  ["the signed text alone and its digest", `${canonical}\n${signature}`, "log", null],
  [
    "a log line with the key masked",
    `Sign Before MD5: "${canonical.replace(key, "***")}", Sign Result: ${signature}`,
    "log",
    null,
  ],
];

describe("whatever is pasted, the same message is found in it", () => {
  test.each(ways)("%s", (_name, pasted, form, endpoint) => {
    const input = readInput(pasted);
    if (!input.ok) throw new Error(input.error.message);
    expect(input.value.form).toBe(form);
    expect(input.value.receivedSign).toBe(signature);
    expect(input.value.endpoint).toBe(endpoint);
    expect(canonicalString(readFields(input.value.text))).toBe(canonicalString(order));
    expect(JSON.stringify(input.value)).not.toContain(key);
    const found = diagnose({
      text: input.value.text,
      secret: key,
      receivedSign: signature,
      ...(input.value.endpoint ? { endpoint: input.value.endpoint } : {}),
    });
    expect(found.verdict).toBe("valid");
  });
});

test("a map that Java printed is read, and its sign with it", () => {
  const input = readInput(
    `params={amount=100, appId=60cc09bce4b0f1c0b83761c9, mchNo=M1, subject=Tea, large, sign=${signature}}`,
  );
  if (!input.ok) throw new Error(input.error.message);
  expect(readFields(input.value.text).textOf("subject")).toBe("Tea, large");
  expect(input.value.receivedSign).toBe(signature);
});

test("a signature that stands behind the last value is no part of it, and a word of a subject stays", () => {
  const sign = "45BF53BF6780BB0E715E438A03681F6E";
  const read = (line: string) => {
    const input = readInput(line);
    if (!input.ok) throw new Error(input.error.message);
    return [readFields(input.value.text).textOf("subject"), input.value.receivedSign];
  };
  expect(read(`DEBUG text: amount=1&mchNo=M1&subject=Tea sign: ${sign}`)).toEqual(["Tea", sign]);
  expect(read(`DEBUG text: amount=1&mchNo=M1&subject=Neon sign: big`)).toEqual(["Neon sign: big", null]);
});

test("a key in a log is told of and left out", () => {
  const input = readInput(`signStr:${canonical}`);
  expect(input.ok && input.value.notes.join(" ")).toContain("holds a key");
});

test("values of a signed text are not decoded", () => {
  const input = readInput("amount=1&notifyUrl=https://x.example/a%20b+c&version=1.0&key=***");
  expect(input.ok && readFields(input.value.text).textOf("notifyUrl")).toBe("https://x.example/a%20b+c");
});

test("an answer is taken with its sign, and its data is what counts", () => {
  const data = { payOrderId: "P1", orderState: 1 };
  const input = readInput(JSON.stringify({ code: 0, msg: "SUCCESS", data, sign: sign(data, key) }));
  if (!input.ok) throw new Error(input.error.message);
  expect(input.value.notes).toEqual(["This is a whole answer: only the fields inside data are signed."]);
  expect(diagnose({ text: input.value.text, secret: key, receivedSign: input.value.receivedSign ?? "" }).verdict).toBe(
    "valid",
  );
});

test("a JSON body with the wrong content type is told of", () => {
  const input = readInput(`curl ${address} -d ${singleQuoted}`);
  expect(input.ok && input.value.notes.join(" ")).toContain("application/json");
});

test.each([
  ["", "There is nothing to read yet."],
  ["hello", "Neither a JSON object nor a form"],
  ["curl https://x.example -d @body.json", "The body is in the file body.json"],
  ["curl https://x.example -d '{", "not closed"],
  ['{"mchNo":', "A value is expected"],
  ["<xml/>", "XML or HTML"],
])("%j is no message, with the reason", (pasted, reason) => {
  const input = readInput(pasted);
  expect(input.ok ? "" : input.error.message).toContain(reason);
});

test("hostile texts are read or refused, never an error of another kind", { timeout: 240_000 }, () => {
  const start = fc.constantFrom("", "curl ", "POST /x\n", "{", '{"log":', "a=", "amount=1&", "https://x.example/?");
  fc.assert(
    fc.property(start, fc.string({ unit: "binary" }), (before, text) => {
      expect(typeof readInput(`${before}${text}`).ok).toBe("boolean");
    }),
  );
});
