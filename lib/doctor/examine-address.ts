import { notifyUrls } from "@/lib/credentials/notify-urls";
import { openCredential } from "@/lib/credentials/open-credential";
import type { CredentialId } from "@/lib/domain/ids";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import { merchantIdsOf, type Scope } from "@/lib/domain/viewer";
import { type AddressFacts, hasFailed, type Reply, textOf } from "./address-facts";
import { addressLadder } from "./address-ladder";
import { type AddressStep, stepsOf } from "./address-steps";
import { answerSeconds } from "./expected-tries";
import { type Climb, climb } from "./ladder";
import { postAsGateway, reachPort, readCertificate, resolve } from "./probe-address";
import { reachOf } from "./reach";
import { makeSelfTest, type SelfTest } from "./self-test";

export type AddressExamination = { url: string; at: Date; steps: readonly AddressStep[]; climb: Climb };

/** `authorities` takes the place of the machine's own, for tests with certificates of their own. */
export type ProbeOptions = {
  publicUrl?: string | undefined;
  patienceMs?: number | undefined;
  authorities?: string | undefined;
};

/**
 * Calls our own public address as the gateway would, and says what came back. Only the address of `PUBLIC_URL` is
 * called, with a message that says nothing about any order; redirects are looked at and not followed.
 */
export async function examineAddress(
  scope: Scope,
  credentialId: CredentialId,
  options: ProbeOptions = {},
): Promise<Result<AddressExamination, Problem>> {
  const refusal = refusalFor(scope, "credentials:read");
  if (refusal) return err(refusal);
  const credential = await openCredential(credentialId);
  if (!credential || !merchantIdsOf(scope).includes(credential.merchantId)) {
    return err(problem("unknown-credential", "There is no such credential in this environment."));
  }
  const url = notifyUrls(credential.id, options.publicUrl).payment;
  const facts = await gatherAddress({ url, credentialId, gateway: credential.baseUrl }, options);
  return ok({ url, at: facts.now, steps: stepsOf(facts), climb: climb(addressLadder, facts) });
}

type Place = { url: string; credentialId: CredentialId; gateway: string };

async function gatherAddress(
  { url, credentialId, gateway }: Place,
  { patienceMs = answerSeconds * 1_000, authorities }: ProbeOptions,
): Promise<AddressFacts> {
  const parsed = new URL(url);
  const nothing = { connection: null, certificate: null, answer: null, isOurs: null };
  const known = {
    url,
    now: new Date(),
    reach: reachOf(url),
    isGatewayHere: reachOf(gateway) === "this-machine",
    addresses: await resolve(parsed),
  };
  if (hasFailed(known.addresses)) return { ...known, ...nothing };
  const connection = await reachPort(parsed);
  if (hasFailed(connection)) return { ...known, ...nothing, connection };
  const certificate = parsed.protocol === "https:" ? await readCertificate(parsed, authorities) : null;
  if (certificate && certificate.problem !== null) return { ...known, ...nothing, connection, certificate };
  const send = (test: SelfTest) => postAsGateway(parsed, { ...test, patienceMs, authorities });
  const place = { credentialId, kind: "payment" as const };
  const answer = await send(makeSelfTest(place, "answer", new Date()));
  if (hasFailed(answer) || textOf(answer) !== "success") {
    return { ...known, connection, certificate, answer, isOurs: null };
  }
  const test = makeSelfTest(place, "receipt", new Date());
  const receipt = await send(test);
  return { ...known, connection, certificate, answer, isOurs: isReceipt(receipt, test) };
}

function isReceipt(reply: Reply | { problem: string }, { expected }: SelfTest): boolean {
  return !hasFailed(reply) && textOf(reply) === expected;
}
