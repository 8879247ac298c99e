import { sign } from "@/lib/gateway/signature";
import type { Answer } from "./answers";
import { type FaultScope, takeFault } from "./faults";
import { type Incoming, jsonReply, type Reply, redirectReply } from "./http";
import { unknownFields, withoutNulls } from "./messages";
import { newSecret } from "./seed";
import type { State } from "./state";

type Envelope = { code: number; msg: string; data?: Record<string, string | number>; sign?: string };

type Asked = { incoming: Incoming; scope: FaultScope; secret: string | null };

/** Turns an answer into bytes, signed with the secret of the application that asked, and spoiled as the switches say. */
export function answerReply(state: State, answer: Answer, { incoming, scope, secret }: Asked): Reply {
  const spoiled = spoiledReply(state, scope);
  if (spoiled !== null) return spoiled;
  if (answer.kind === "no-answer") return emptyReply;
  const envelope = envelopeOf(state, answer, { scope, secret });
  const xml = takeFault(state, "xml-answer", scope);
  if (xml && (xml.force || !incoming.accept?.includes("json"))) {
    return { status: 200, type: "application/xml;charset=UTF-8", body: `<ApiRes>${xmlOf(envelope)}</ApiRes>` };
  }
  return jsonReply(envelope);
}

const emptyReply: Reply = { status: 200, type: null, body: "" };

function spoiledReply(state: State, scope: FaultScope): Reply | null {
  if (takeFault(state, "empty-answer", scope)) return emptyReply;
  if (takeFault(state, "html-answer", scope)) {
    return {
      status: 200,
      type: "text/html;charset=UTF-8",
      body: "<!doctype html><title>502</title><h1>Bad gateway</h1>",
    };
  }
  if (takeFault(state, "garbage-answer", scope)) {
    return { status: 200, type: "application/json", body: Buffer.from([0x00, 0xff, 0xfe, 0x7b, 0x22, 0x80, 0x0a]) };
  }
  const huge = takeFault(state, "huge-answer", scope);
  if (huge) return { status: 200, type: "application/json", body: Buffer.alloc(huge.sizeBytes, 0x20) };
  const redirect = takeFault(state, "redirect-answer", scope);
  if (redirect) return redirectReply(redirect.location);
  const status = takeFault(state, "status-answer", scope);
  return status
    ? { status: status.status, type: "text/plain;charset=UTF-8", body: "The gateway is not itself." }
    : null;
}

type Signing = Pick<Asked, "scope" | "secret">;

function envelopeOf(
  state: State,
  answer: Exclude<Answer, { kind: "no-answer" }>,
  { scope, secret }: Signing,
): Envelope {
  if (answer.kind === "refusal") return { code: answer.code, msg: answer.msg };
  let data = withoutNulls(answer.data);
  if (takeFault(state, "unknown-fields", scope)) data = { ...data, ...withoutNulls(unknownFields) };
  const unknownState = takeFault(state, "unknown-state", scope);
  if (unknownState) {
    for (const name of ["state", "orderState"]) if (name in data) data[name] = unknownState.state;
  }
  if (takeFault(state, "text-numbers", scope)) {
    data = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
  }
  const envelope = { code: 0, msg: "SUCCESS", data };
  if (secret === null || takeFault(state, "missing-sign", scope)) return envelope;
  return { ...envelope, sign: sign(data, takeFault(state, "wrong-secret", scope) ? newSecret() : secret) };
}

function xmlOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const content = typeof value === "object" && value !== null ? xmlOf({ ...value }) : escapeXml(String(value));
      return `<${name}>${content}</${name}>`;
    })
    .join("");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
