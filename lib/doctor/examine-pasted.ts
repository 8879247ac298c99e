import { listAllCredentials } from "@/db/queries/credentials-listed";
import { type OpenCredential, openCredential } from "@/lib/credentials/open-credential";
import type { Environment } from "@/lib/domain/environment";
import { NotificationId, newId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { type Permission, roleMay } from "@/lib/domain/roles";
import type { NotificationKind } from "@/lib/domain/verdict";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { WireFields } from "@/lib/gateway/fields";
import { readNotification } from "@/lib/gateway/notification";
import { replyTo } from "@/lib/notifications/reply";
import { noteSearch } from "@/lib/signature-cases/search-limits";
import { gatherMessage } from "./gather-message";
import { type Climb, climb } from "./ladder";
import { messageLadder } from "./message-ladder";
import { type PastedRequest, readPasted } from "./read-pasted";
import { rehearseMessage } from "./rehearse-message";

export type PastedExamination = {
  readAs: PastedRequest["form"];
  kind: NotificationKind;
  credential: { id: string; label: string };
  /** How the credential was chosen. */
  chosenBy: "address" | "appId" | "only one";
  verdict: string | null;
  answered: { status: number; reply: string };
  /** Keys of production were not tried: this person has used them as often as may be. */
  isWithoutProduction: boolean;
  climb: Climb;
};

/** What the receiver takes at most; see the notify route. */
const limitBytes = 65_536;

/**
 * What we would have answered to a request that somebody wrote down, and why. Nothing of it is stored, and the right
 * signature is told to nobody: whoever learned it here could forge the message. It counts as a search with stored secrets,
 * and is in the audit like one.
 *
 * @param address  where the person's request came from, for the audit
 */
export async function examinePasted(
  scope: Scope,
  text: string,
  address: string | null,
): Promise<Result<PastedExamination, Problem>> {
  const refusal = refusalFor(scope, pastedPermission(scope.environment));
  if (refusal) return err(refusal);
  const request = readPasted(text);
  if (!request.ok) return err(about(request.error));
  const { method, query, contentType, body } = request.value;
  if (body.byteLength > limitBytes) {
    return err(about("The body is larger than 65,536 bytes: it would be answered 413 and not be read."));
  }
  const fields = fieldsOf(request.value);
  const chosen = await chooseCredential(scope, request.value, fields);
  if (!chosen) {
    const appId = fields.textOf("appId");
    const whose = appId ? `application ${appId}` : "its application";
    return err(
      about(`There is no credential of this environment for ${whose}: it would be answered 404 “unknown address”.`),
    );
  }
  const kind = request.value.kind ?? (fields.has("mchRefundNo") || fields.has("refundOrderId") ? "refund" : "payment");
  const { credential, chosenBy, otherKeys } = chosen;
  const noted = await noteSearch({
    ...{ viewer: scope.viewer, credentialId: credential.id, environment: credential.environment },
    ...{ otherKeys, address },
  });
  if (!noted.ok) return noted;
  const message = { id: newId(NotificationId), kind, query, contentType, headers: [], sourceAddress: null, body };
  const rehearsal = await rehearseMessage(message, credential);
  const isPost = method === "POST";
  const facts = await gatherMessage(
    scope,
    {
      notificationId: null,
      method,
      kind,
      raw: { contentType, query, body, ownNames: rehearsal.ownNames },
      ...rehearsal,
      isHeld: false,
      effect: null,
      deliveries: 1,
      firstAt: null,
      lastAt: null,
    },
    credential,
    noted.value,
  );
  return ok({
    readAs: request.value.form,
    kind,
    credential: { id: credential.id, label: credential.label },
    chosenBy,
    verdict: isPost ? rehearsal.verdict : null,
    answered: isPost ? replyTo(rehearsal.verdict) : { status: 405, reply: "only POST" },
    isWithoutProduction: noted.value.isWithoutProduction,
    climb: climb(messageLadder, facts),
  });
}

/** As the signature debugger has it: a request of anybody's is held against stored keys. */
export function pastedPermission(environment: Environment): Permission {
  return environment === "production" ? "debugger:search-production" : "debugger:search";
}

function about(message: string): Problem {
  return problem("unreadable-request", message, { request: [message] });
}

function fieldsOf(request: PastedRequest): WireFields {
  const received = readNotification(request);
  return received.style === "unreadable" ? new WireFields([]) : received.fields;
}

type Chosen = {
  credential: OpenCredential;
  chosenBy: PastedExamination["chosenBy"];
  /** How many other credentials' keys may be tried beside its own, of each environment. */
  otherKeys: Record<Environment, number>;
};

/** As the receiver does by the address; where none was pasted, by the application that the message names. */
async function chooseCredential(scope: Scope, request: PastedRequest, fields: WireFields): Promise<Chosen | null> {
  const all = await listAllCredentials();
  const listed = all.filter(({ environment }) => environment === scope.environment);
  const byAddress = listed.find(({ id }) => id === request.credentialId);
  const named = fields.textOf("appId");
  const byApp = listed.find(({ appId }) => appId === named);
  const only = listed.length === 1 && named === null ? listed[0] : undefined;
  const found = byAddress ?? (request.credentialId === null ? (byApp ?? only) : undefined);
  const credential = found && (await openCredential(found.id));
  if (!credential || !merchantIdsOf(scope).includes(credential.merchantId)) return null;
  const chosenBy = found === byAddress ? "address" : found === byApp ? "appId" : "only one";
  const tried = roleMay(scope.viewer.role, "debugger:search-production") ? all : listed;
  const others = tried.filter(({ id }) => id !== credential.id);
  const countOf = (of: Environment) => others.filter(({ environment }) => environment === of).length;
  return { credential, chosenBy, otherKeys: { test: countOf("test"), production: countOf("production") } };
}
