import { lookup } from "node:dns/promises";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, isIP } from "node:net";
import { type DetailedPeerCertificate, connect as tlsConnect } from "node:tls";
import type { AddressFacts, Certificate, Failed, Reply } from "./address-facts";
import { reachOfIp } from "./reach";

/** As the gateway introduces itself, because filters judge by that. Source: gateway-protocol 6.2. */
const gatewayHeaders = {
  accept: "text/html,application/json,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-language": "zh-CN,zh;q=0.8",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/75.0.3770.142 Safari/537.36 Hutool",
};

const mostReplyBytes = 4_096;
const connectPatienceMs = 5_000;

/** The addresses of a name, as this machine resolves it. */
export async function resolve(url: URL): Promise<AddressFacts["addresses"]> {
  try {
    const found = await lookup(hostOf(url), { all: true });
    return found.map(({ address }) => ({ address, reach: reachOfIp(address) }));
  } catch (cause) {
    return failedBy(cause);
  }
}

export function reachPort(url: URL): Promise<NonNullable<AddressFacts["connection"]>> {
  return new Promise((done) => {
    const socket = connect({ host: hostOf(url), port: portOf(url) });
    const end = (result: NonNullable<AddressFacts["connection"]>) => {
      socket.destroy();
      done(result);
    };
    socket.setTimeout(connectPatienceMs, () => end({ problem: "ETIMEDOUT" }));
    socket.once("connect", () => end({ address: `${socket.remoteAddress}:${socket.remotePort}` }));
    socket.once("error", (cause) => end(failedBy(cause)));
  });
}

/** Looks at the certificate, trusted or not. Nothing is sent over the connection. */
export function readCertificate(url: URL, authorities?: string): Promise<Certificate | Failed> {
  return new Promise((done) => {
    const host = hostOf(url);
    // It is looked at in order to say what is wrong with it; nothing that is told over it is believed.
    const name = isIP(host) === 0 ? { servername: host } : {};
    const options = { host, port: portOf(url), ...name, rejectUnauthorized: false };
    const socket = tlsConnect({ ...options, ...(authorities === undefined ? {} : { ca: authorities }) });
    const end = (result: Certificate | Failed) => {
      socket.destroy();
      done(result);
    };
    socket.setTimeout(connectPatienceMs, () => end({ problem: "ETIMEDOUT" }));
    socket.once("error", (cause) => end(failedBy(cause)));
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerCertificate(true);
      const problem: unknown = socket.authorized ? null : socket.authorizationError;
      end({
        problem:
          problem === null ? null : String(problem instanceof Error ? (codeOf(problem) ?? problem.message) : problem),
        issuer: nameOf(certificate.issuer),
        chain: chainOf(certificate),
        validUntil: new Date(certificate.valid_to),
      });
    });
  });
}

/** Posts a form as the gateway would: redirects are not followed, and the deadline covers the last byte. */
export function postAsGateway(
  url: URL,
  {
    body,
    contentType,
    patienceMs,
    authorities,
  }: { body: string; contentType: string; patienceMs: number; authorities?: string | undefined },
): Promise<Reply | Failed> {
  const beganAt = performance.now();
  const bytes = new TextEncoder().encode(body);
  return new Promise((done) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const outgoing: ClientRequest = send(url, {
      method: "POST",
      headers: { ...gatewayHeaders, "content-type": contentType, "content-length": bytes.byteLength },
      agent: false,
      ...(authorities === undefined ? {} : { ca: authorities }),
    });
    const clock = setTimeout(
      () => outgoing.destroy(Object.assign(new Error("late"), { code: "ETIMEDOUT" })),
      patienceMs,
    );
    const end = (result: Reply | Failed) => {
      clearTimeout(clock);
      outgoing.destroy();
      done(result);
    };
    outgoing.once("error", (cause) => end(failedBy(cause)));
    outgoing.once("response", (incoming) => {
      readReply(incoming)
        .then(({ kept, isWhole }) =>
          end({
            status: incoming.statusCode ?? 0,
            contentType: incoming.headers["content-type"] ?? null,
            location: incoming.headers.location ?? null,
            bytes: kept,
            isWhole,
            durationMs: Math.round(performance.now() - beganAt),
          }),
        )
        .catch((cause: unknown) => end(failedBy(cause)));
    });
    outgoing.end(bytes);
  });
}

async function readReply(incoming: IncomingMessage): Promise<{ kept: Uint8Array; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length > mostReplyBytes) break;
  }
  return { kept: new Uint8Array(Buffer.concat(pieces).subarray(0, mostReplyBytes)), isWhole: length <= mostReplyBytes };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
}

function chainOf(certificate: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let next = certificate; next?.fingerprint256 && !seen.has(next.fingerprint256); next = next.issuerCertificate) {
    seen.add(next.fingerprint256);
    names.push(nameOf(next.subject));
  }
  return names;
}

function nameOf(subject: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  return [subject?.CN ?? subject?.O ?? "without a name"].flat().join(", ");
}

function failedBy(cause: unknown): Failed {
  return { problem: codeOf(cause) ?? (cause instanceof Error ? cause.message : String(cause)) };
}

function codeOf(cause: unknown): string | null {
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}
