import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { gunzipSync, inflateSync } from "node:zlib";

const timeoutMs = 20_000;
const longestReply = 65_536;

/** As the reference server's HTTP library introduces itself. Source: gateway-protocol 6.2. */
const headers = {
  Accept: "text/html,application/json,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Encoding": "gzip, deflate",
  "Accept-Language": "zh-CN,zh;q=0.8",
  "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
  "User-Agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/75.0.3770.142 Safari/537.36 Hutool",
};

type PostReply = { status: number | null; reply: string | null; problem: string | null };

/** Sends a form and reads the reply. Redirects are not followed; every failure is a `problem`, nothing throws. */
export function postForm(target: string, body: string, stopping: AbortSignal): Promise<PostReply> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: null, reply: null, problem: error.message });
    try {
      const send = target.startsWith("https:") ? httpsRequest : httpRequest;
      const outgoing = send(target, {
        method: "POST",
        headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
        agent: false,
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping]),
      });
      outgoing.on("error", failed);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        let length = 0;
        incoming.on("error", failed);
        incoming.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length <= longestReply) chunks.push(chunk);
          else incoming.destroy(new Error(`The reply is longer than ${longestReply} bytes.`));
        });
        incoming.on("end", () => {
          try {
            const reply = unpacked(Buffer.concat(chunks), incoming.headers["content-encoding"]).toString("utf8");
            resolve({ status: incoming.statusCode ?? null, reply, problem: null });
          } catch (error) {
            failed(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
      outgoing.end(body);
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === "gzip") return gunzipSync(bytes, { maxOutputLength: longestReply });
  return encoding === "deflate" ? inflateSync(bytes, { maxOutputLength: longestReply }) : bytes;
}
