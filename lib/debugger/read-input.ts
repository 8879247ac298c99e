import { err, ok, type Result } from "@/lib/domain/result";
import { readFields, UnreadableFields } from "@/lib/gateway/fields";
import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { readCurl } from "./reading/curl";
import { endpointOf } from "./reading/endpoint-of";
import { readHar } from "./reading/har";
import { type HttpMessage, readHttpMessage, signedTextOf } from "./reading/http-message";
import { isMessage, readLog } from "./reading/log-line";

export type InputForm = "json" | "form" | "address" | "curl" | "http" | "har" | "log";

export type PastedInput = {
  readonly form: InputForm;
  /** What `diagnose` and `gatewayView` read. */
  readonly text: string;
  /** The signature found beside or inside the message; `null` when there is none. */
  readonly receivedSign: string | null;
  readonly endpoint: GatewayEndpoint | null;
  /** What a person should know about how the text was read. */
  readonly notes: readonly string[];
  readonly fieldCount: number;
};

export type InputProblem = { readonly kind: "unreadable"; readonly message: string };

/**
 * Finds the signed message in whatever a person pastes: a JSON body, a form body, a query string or address, a curl
 * command, a raw HTTP request, a HAR file or entry, a line of a log.
 */
export function readInput(pasted: string): Result<PastedInput, InputProblem> {
  const text = pasted.replace(/^\uFEFF/, "");
  if (text.trim() === "") return err({ kind: "unreadable", message: "There is nothing to read yet." });
  try {
    return ok(readAny(text));
  } catch (cause) {
    if (cause instanceof UnreadableFields) return err({ kind: "unreadable", message: `${cause.message}.` });
    throw cause;
  }
}

function readAny(text: string): PastedInput {
  const curl = readCurl(text);
  if (curl) return fromHttp("curl", curl);
  const http = readHttpMessage(text);
  if (http) return fromHttp("http", http);
  if (/^\s*\{/.test(text)) return readObject(text);
  if (/^\s*https?:\/\/\S+\s*$/.test(text)) {
    return fromHttp("address", { method: "GET", address: text.trim(), contentType: null, body: "" });
  }
  const isForm = /^\s*\??[A-Za-z_][\w.[\]%-]*=/.test(text) && !looksLogged.test(text.trim());
  if (isForm) return asInput("form", { text: text.trim(), endpoint: null, notes: [] });
  return readLogged(text) ?? asInput("form", { text, endpoint: null, notes: [] });
}

/** The end of a signed text, a map as Java prints it, or several lines. */
const looksLogged = /&(?:key|KEY)=|\{[A-Za-z_]\w*=|[\r\n]./;

/** A JSON body or a HAR; what is neither may still be a line of a log. */
function readObject(text: string): PastedInput {
  const har = readHar(text);
  if (har) return fromHttp("har", har.message, har.notes);
  return (isMessage(text) ? null : readLogged(text)) ?? asInput("json", { text, endpoint: null, notes: [] });
}

function readLogged(text: string): PastedInput | null {
  const logged = readLog(text);
  if (!logged) return null;
  const { receivedSign, ...source } = logged;
  const address = /\S*\/api\/[\w/]+/.exec(text)?.[0] ?? "";
  return asInput("log", { ...source, endpoint: endpointOf(address) }, receivedSign);
}

function fromHttp(form: InputForm, message: HttpMessage, notes: readonly string[] = []): PastedInput {
  const signed = signedTextOf(message);
  return asInput(form, { ...signed, notes: [...notes, ...signed.notes] });
}

type Source = { readonly text: string; readonly endpoint: GatewayEndpoint | null; readonly notes: readonly string[] };

function asInput(form: InputForm, { text, endpoint, notes }: Source, beside: string | null = null): PastedInput {
  const fields = readFields(text);
  const inside = fields.textOf("sign");
  const data = fields.get("data");
  const isAnswer = fields.has("code") && data?.kind === "object";
  return {
    form,
    text,
    receivedSign: beside ?? (inside === "" ? null : inside),
    endpoint,
    notes: isAnswer ? [...notes, "This is a whole answer: only the fields inside data are signed."] : notes,
    fieldCount: isAnswer ? data.members.length : fields.names.length,
  };
}
