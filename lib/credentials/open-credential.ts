import { findSealedCredential, type SealedCredential } from "@/db/queries/credentials-sealed";
import type { SourceRule } from "@/lib/domain/address-list";
import type { Environment } from "@/lib/domain/environment";
import { CredentialId, type MerchantId } from "@/lib/domain/ids";
import type { NoticeRule } from "@/lib/domain/notice-rule";
import type { Secret } from "@/lib/domain/secret";
import { open } from "./seal";

export type SecretVersion = { version: number; secret: Secret };

/** A credential with its secrets open, to sign and verify with. Lives in memory for seconds and is never sent anywhere. */
export type OpenCredential = {
  merchantId: MerchantId;
  id: CredentialId;
  environment: Environment;
  mchNo: string;
  appId: string;
  baseUrl: string;
  label: string;
  encoding: "json" | "form";
  /** Empty: every way code. */
  wayCodes: string[];
  isActive: boolean;
  refundQuery: "unknown" | "available" | "missing";
  noticeRule: NoticeRule;
  sources: SourceRule;
  /** Signs what we send. */
  current: SecretVersion;
  /** Signs nothing until it is promoted. */
  pending: SecretVersion | null;
  /** Accepted on what we receive, the current one first. */
  verifying: SecretVersion[];
};

const freshMs = 5_000;
const mostKept = 1_000;

type Kept = { readAt: number; credential: Promise<OpenCredential | null> };

/** The framework may load this file more than once in a process, and each copy must see what another one forgot. */
const shelf = globalThis as { [key: symbol]: Map<string, Kept> | undefined };
const shelfKey = Symbol.for("countersign.open-credentials");

/**
 * A credential by the id that its notify addresses carry. Read again after 5 seconds; ids that nobody has are remembered
 * too, so that made-up addresses cost no query each.
 *
 * @param oldestMs  how old a copy may be, in milliseconds
 * @returns `null` for an id that is none of ours
 * @throws SealBroken
 */
export async function openCredential(
  credentialId: string,
  now: number = Date.now(),
  oldestMs: number = freshMs,
): Promise<OpenCredential | null> {
  const id = CredentialId.safeParse(credentialId);
  if (!id.success) return null;
  const kept = keptCredentials();
  const known = kept.get(id.data);
  if (known !== undefined && now - known.readAt < oldestMs) return known.credential;
  const credential = read(id.data);
  keep(kept, id.data, { readAt: now, credential });
  // A failure is not an answer: the next one asks again.
  credential.catch(() => kept.delete(id.data));
  return credential;
}

/** A credential as it is now, whatever this process remembers. */
export async function openCredentialNow(credentialId: string): Promise<OpenCredential | null> {
  return openCredential(credentialId, Date.now(), 0);
}

/** Makes a change of a credential visible in this process at once. */
export function forgetCredential(credentialId: string): void {
  keptCredentials().delete(credentialId);
}

function keptCredentials(): Map<string, Kept> {
  shelf[shelfKey] ??= new Map();
  return shelf[shelfKey];
}

function keep(kept: Map<string, Kept>, id: CredentialId, entry: Kept): void {
  kept.delete(id);
  const oldest = kept.size >= mostKept ? kept.keys().next().value : undefined;
  if (oldest !== undefined) kept.delete(oldest);
  kept.set(id, entry);
}

async function read(id: CredentialId): Promise<OpenCredential | null> {
  const found = await findSealedCredential(id);
  return found === null ? null : openSealed(found);
}

/** @throws SealBroken */
export function openSealed({ secrets, ...credential }: SealedCredential): OpenCredential | null {
  const { merchantId, id: credentialId } = credential;
  const versions = secrets.map(({ version, stage, ...box }) => ({
    stage,
    version,
    secret: open(box, { merchantId, credentialId, version }),
  }));
  const current = versions.find(({ stage }) => stage === "current");
  if (current === undefined) return null;
  const others = versions.filter((version) => version !== current);
  const verifying = [current, ...others].map(keyOf);
  const pending = versions.find(({ stage }) => stage === "pending");
  return { ...credential, current: keyOf(current), pending: pending ? keyOf(pending) : null, verifying };
}

function keyOf({ version, secret }: SecretVersion): SecretVersion {
  return { version, secret };
}
