import { diagnoseGradually } from "@/lib/debugger/diagnose-gradually";
import { readMessage } from "@/lib/debugger/message";
import { type SealedDiagnosis, sealed } from "@/lib/debugger/sealed-diagnosis";
import { Environment } from "@/lib/domain/environment";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Scope } from "@/lib/domain/viewer";
import { UnreadableFields } from "@/lib/gateway/fields";
import type { GatewayEndpoint } from "@/lib/gateway/typed-endpoints";
import { noteSearch } from "./search-limits";
import {
  credentialOfMessage,
  credentialsOf,
  type ListedCredential,
  type OtherStored,
  openSecrets,
} from "./stored-secrets";

/** A message to be held against stored secrets. */
export type StoredSearch = {
  text: string;
  receivedSign: string;
  endpoint: GatewayEndpoint | null;
  /** `null`: the one that the message belongs to. */
  credentialId: string | null;
};

export type StoredAnswer = {
  diagnosis: SealedDiagnosis;
  credential: { label: string; environment: Environment; appId: string; keyVersion: number };
  /** The message says that it belongs to this credential, or a person chose it. */
  isNamed: boolean;
  /** Other keys that were tried. */
  otherKeys: number;
  otherEnvironments: Environment[];
  searchesLeft: number;
  /** Keys of production would have been tried too, but this person has used them as often as may be. */
  isWithoutProduction: boolean;
};

/**
 * Names the mistake with a secret that stays here. What comes back never holds the right signature, and nothing is
 * guessed about the secret that would tell it bit by bit; see `KeyGuesses`. Of production not even slips of the key.
 *
 * @param scopes  what the person may use, the environment of the page first
 */
export async function searchStored(
  scopes: readonly [Scope, ...Scope[]],
  search: StoredSearch,
  address: string | null,
): Promise<Result<StoredAnswer, Problem>> {
  const message = readable(search);
  if (message === null) return err(problem("unreadable", "The message cannot be read any more. Paste it again."));
  const listed = await credentialsOf(scopes);
  const chosen = choose(listed, search.credentialId, {
    mchNo: message.fields.textOf("mchNo"),
    appId: message.fields.textOf("appId"),
  });
  if (chosen === null) return err(nothingStored);
  const { credential, isNamed } = chosen;
  const secrets = await openSecrets(credential, listed);
  if (secrets === null) return err(nothingStored);
  const { primary, others } = secrets;
  const noted = await noteSearch({
    ...{ viewer: scopes[0].viewer, credentialId: primary.id, environment: primary.environment },
    ...{ otherKeys: { test: countOf(others, "test"), production: countOf(others, "production") }, address },
  });
  if (!noted.ok) return noted;
  const { left, isWithoutProduction } = noted.value;
  const tried = isWithoutProduction ? others.filter((other) => other.environment !== "production") : others;
  const diagnosis = await diagnoseGradually({
    text: search.text,
    receivedSign: search.receivedSign,
    secret: primary.current.secret,
    otherSecrets: Object.fromEntries(tried.map(({ name, secret }) => [name, secret])),
    keyGuesses: primary.environment === "production" ? "none" : "long",
    ...(search.endpoint === null ? {} : { endpoint: search.endpoint }),
  });
  const { label, environment, appId } = primary;
  return ok({
    diagnosis: sealed(diagnosis),
    credential: { label, environment, appId, keyVersion: primary.current.version },
    isNamed,
    otherKeys: tried.length,
    otherEnvironments: Environment.options.filter((one) => one !== environment && countOf(tried, one) > 0),
    searchesLeft: left,
    isWithoutProduction,
  });
}

function countOf(others: readonly OtherStored[], environment: Environment): number {
  return others.filter((other) => other.environment === environment).length;
}

const nothingStored = problem(
  "nothing-stored",
  "There is no stored secret that you may use for this. Type one instead: it stays in your browser.",
);

function readable({ text, endpoint }: StoredSearch) {
  try {
    return readMessage(text, endpoint);
  } catch (cause) {
    if (cause instanceof UnreadableFields) return null;
    throw cause;
  }
}

function choose(
  listed: readonly ListedCredential[],
  credentialId: string | null,
  belonging: { mchNo: string | null; appId: string | null },
): { credential: ListedCredential; isNamed: boolean } | null {
  if (credentialId === null) return credentialOfMessage(listed, belonging);
  const credential = listed.find(({ id }) => id === credentialId);
  return credential ? { credential, isNamed: true } : null;
}
