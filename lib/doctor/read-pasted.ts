import { readCurl } from "@/lib/debugger/reading/curl";
import { queryOf } from "@/lib/debugger/reading/endpoint-of";
import { type HttpMessage, readHttpMessage } from "@/lib/debugger/reading/http-message";
import { CredentialId } from "@/lib/domain/ids";
import { err, ok, type Result } from "@/lib/domain/result";
import { NotificationKind } from "@/lib/domain/verdict";
import { UnreadableFields } from "@/lib/gateway/fields";

/** A request to a notify address, as somebody wrote it down. */
export type PastedRequest = {
  form: "http" | "curl" | "json" | "form" | "address";
  method: string;
  query: string;
  contentType: string | null;
  body: Uint8Array;
  /** As the address says; null where there is none, or none of ours. */
  credentialId: CredentialId | null;
  kind: NotificationKind | null;
};

const formType = "application/x-www-form-urlencoded;charset=UTF-8";

/** Reads raw HTTP, a curl command, a JSON body, a form body or an address. What is none of these is not guessed at. */
export function readPasted(pasted: string): Result<PastedRequest, string> {
  const text = pasted.replace(/^\uFEFF/, "");
  if (text.trim() === "") return err("Paste the request: raw HTTP, a curl command, a JSON or a form body.");
  try {
    const curl = readCurl(text);
    if (curl) return ok(asRequest("curl", curl));
    const http = readHttpMessage(text);
    if (http) return ok(asRequest("http", http));
    if (/^\s*\{/.test(text)) {
      return ok(asRequest("json", { method: "POST", address: "", contentType: "application/json", body: text.trim() }));
    }
    if (/^\s*https?:\/\/\S+\s*$/.test(text)) {
      return ok(asRequest("address", { method: "GET", address: text.trim(), contentType: null, body: "" }));
    }
    if (/^\s*[^\s=&]+=\S*\s*$/.test(text)) {
      return ok(asRequest("form", { method: "POST", address: "", contentType: formType, body: text.trim() }));
    }
    return err("This is neither a request nor a body. Paste it with its method and headers, or the body alone.");
  } catch (cause) {
    if (cause instanceof UnreadableFields) return err(`${cause.message}.`);
    throw cause;
  }
}

function asRequest(form: PastedRequest["form"], { method, address, contentType, body }: HttpMessage): PastedRequest {
  const [, credentialId, kind] = /\/api\/notify\/([^/?#\s]+)\/([a-z]+)/.exec(address) ?? [];
  // Editors end a text with a line break that was not in the body.
  const bytes = new TextEncoder().encode(body.replace(/\r?\n$/, ""));
  return {
    form,
    method,
    query: queryOf(address),
    contentType,
    body: bytes,
    credentialId: CredentialId.safeParse(credentialId).data ?? null,
    kind: NotificationKind.safeParse(kind).data ?? null,
  };
}
