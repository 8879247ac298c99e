import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFields, readForm } from "@/lib/gateway/fields";
import { sign } from "@/lib/gateway/signature";
import { type SnippetLanguage, snippetLanguages } from "./languages";
import type { SnippetField } from "./snippet-request";
import { hardTexts, randomMessages, vectorCases } from "./testing/cases";
import { startRecorder } from "./testing/recorder";
import { isOnThisMachine, run } from "./testing/runtimes";
import { startSandbox } from "./testing/sandbox";

// Compilers start slowly on a machine that has much else to do.
const patience = 900_000;

// Node is always there; curl is on nearly every machine, and the product must pass its tests on the others too.
const hasCurl = isOnThisMachine("curl");
const always: ReadonlySet<SnippetLanguage> = new Set<SnippetLanguage>(
  hasCurl ? ["curl", "typescript"] : ["typescript"],
);

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  [recorder, sandbox] = await Promise.all([startRecorder(), startSandbox()]);
});
afterAll(async () => {
  await recorder.stop();
  await sandbox.stop();
});

const vectors = vectorCases();

/** As many of them as a slow language sends within the time of a test, from all parts of the file. */
const spread = vectors.filter((_, at) => at % Math.ceil(vectors.length / 30) === 0);

/** A program has one key, so it takes that of a vector whose digest it must then give. */
const commonKey = spread.map(({ key }) => key).find((key) => /^[\x21-\x7e]+$/.test(key)) ?? "";

describe.each(snippetLanguages)("the same request in $label", ({ id, label, write }) => {
  const isHere = always.has(id) || isOnThisMachine(id);
  const here = isHere ? test : test.skip;
  const title = (claim: string) => (isHere ? claim : `${claim} (NOT RUN: this machine has no runtime for ${label})`);

  describe.each(["json", "form"] as const)("as %s", (encoding) => {
    here(title("sends every field as it is, signed as the gateway signs"), { timeout: patience }, async () => {
      const messages = [...spread.map(({ fields }) => fields), ...randomMessages(24)];
      const calls = messages.map((fields, at) => ({ path: `/api/case/${at}`, fields }));
      recorder.take();
      await run(id, write({ baseUrl: recorder.url, encoding, calls }), commonKey);
      const received = recorder.take();
      expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(calls.map(({ path }) => `POST ${path}`));
      for (const [at, { body, contentType }] of received.entries()) {
        const sent = encoding === "json" ? readFields(body) : readForm(body);
        const fields = messages[at] ?? [];
        expect(contentType).toContain(encoding === "json" ? "application/json" : "application/x-www-form-urlencoded");
        expect(sent.names.toSorted()).toEqual([...fields.map(([name]) => name), "sign"].toSorted());
        for (const [name, value] of fields) expect(sent.textOf(name), JSON.stringify(fields)).toBe(String(value));
        expect(sent.textOf("sign"), JSON.stringify(fields)).toBe(sign(sent, commonKey));
        const vector = spread[at];
        if (vector && vector.key === commonKey) expect(sent.textOf("sign"), vector.name).toBe(vector.sign);
      }
    });

    here(title("is taken by a gateway that checks it"), { timeout: patience }, async () => {
      const { mchNo, appId, secret } = sandbox.shop;
      const envelope = Object.entries({ mchNo, appId, reqTime: 1_795_070_081_118, version: "1.0", signType: "MD5" });
      const orders = hardTexts
        .filter((text) => !text.includes("&") && text.trim() !== "")
        .map((subject, at): SnippetField[] => [
          ...Object.entries({
            mchOrderNo: `S-${id}-${encoding}-${at}`,
            wayCode: "WX_QR",
            amount: 100,
            currency: "HKD",
          }),
          ...Object.entries({ subject, body: subject, expiredTime: 1_800 }),
          ...envelope,
        ]);
      const calls = [
        ...orders.map((fields) => ({ path: "/api/pay/unifiedOrder", fields })),
        { path: "/api/pay/query", fields: [["mchOrderNo", `S-${id}-${encoding}-0`], ...envelope] as SnippetField[] },
      ];
      const lines = await run(id, write({ baseUrl: sandbox.url, encoding, calls }), secret);
      const answers = lines.map((line) => JSON.parse(line) as { code: number; msg: string });
      expect(answers.map(({ code, msg }) => `${code} ${msg}`)).toEqual(calls.map(() => "0 SUCCESS"));
      expect(lines.at(-1)).toContain(`S-${id}-${encoding}-0`);
    });
  });
});

test.runIf(hasCurl)("the script gives the digest of each vector with its own key", { timeout: patience }, async () => {
  const curl = snippetLanguages.find(({ id }) => id === "curl");
  const plain = spread.filter(({ key }) => /^[\x20-\x7e]+$/.test(key));
  expect(plain.length).toBeGreaterThan(10);
  for (const { name, key, sign: expected, fields } of plain) {
    recorder.take();
    const calls = [{ path: "/api/pay/query", fields }];
    await run("curl", curl?.write({ baseUrl: recorder.url, encoding: "json", calls }) ?? "", key);
    expect(readFields(recorder.take()[0]?.body ?? "").textOf("sign"), name).toBe(expected);
  }
});

test("no code holds a secret, and without one it sends nothing", { timeout: patience }, async () => {
  const calls = [{ path: "/api/pay/query", fields: [["mchOrderNo", "A1"]] as SnippetField[] }];
  for (const { id, write } of snippetLanguages) {
    const code = write({ baseUrl: recorder.url, encoding: "json", calls });
    expect(code).toContain("COUNTERSIGN_SECRET");
    if (!always.has(id)) continue;
    recorder.take();
    await expect(run(id, code, "")).rejects.toThrow("COUNTERSIGN_SECRET");
    expect(recorder.take()).toEqual([]);
  }
});
