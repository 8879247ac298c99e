const words: Record<string, string> = {
  "session.opened": "signed in",
  "session.ended": "ended a session",
  "person.added": "added a person",
  "person.invited": "made a new link",
  "person.joined": "chose a password by a link",
  "person.password-changed": "changed the own password",
  "person.role-changed": "changed a role",
  "person.deactivated": "shut a person out",
  "person.activated": "let a person in again",
  "credential.added": "added a credential",
  "credential.changed": "changed a credential",
  "credential.activated": "took a credential into use",
  "credential.deactivated": "took a credential out of use",
  "credential.secret-replaced": "replaced a secret",
  "credential.secret-retired": "ended the overlap of two secrets",
};

/** What somebody did, in the past tense; an unknown act is shown by its own name. */
export function auditSentence(action: string): string {
  return words[action] ?? action;
}

/** The facts of an entry as `name: value`. */
export function auditFacts(details: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}
