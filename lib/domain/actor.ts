import type { CredentialId, PersonId } from "./ids";

/** Who caused a change: a signed-in person, our own worker, a command on the server, or the gateway behind a credential. */
export type Actor =
  | { kind: "person"; personId: PersonId }
  | { kind: "worker" }
  | { kind: "script" }
  | { kind: "gateway"; credentialId: CredentialId };
