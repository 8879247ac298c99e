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
  "console-access.changed": "changed from where people may come",
  "credential.added": "added a credential",
  "credential.changed": "changed a credential",
  "credential.activated": "took a credential into use",
  "credential.deactivated": "took a credential out of use",
  "credential.notice-rule-changed": "changed what a notification alone may do",
  "credential.sources-changed": "changed where notifications may come from",
  "credential.secret-replaced": "replaced a secret",
  "credential.secret-added": "added the next key",
  "credential.secret-probed": "asked the gateway with a key",
  "credential.secret-promoted": "promoted a key, which signs from now on",
  "credential.secret-gone-back": "went back to the key before",
  "credential.secret-aborted": "aborted a rotation",
  "credential.secret-retired": "retired a key, which verifies nothing any more",
  "credential.retire-rule-changed": "changed the proof that retiring a key asks for",
  "master-key.changed": "wrapped the stored secrets by another master key",
  "alert-limits.changed": "changed when an alert opens",
  "debugger.searched": "held a message against stored secrets",
  "debugger.limited": "was stopped after too many searches with stored secrets",
  "composer.sent": "sent a request written by hand",
  "composer.limited": "was stopped after too many requests written by hand",
  "retention.changed": "changed how long messages are kept as they came",
  "retention.months-dropped": "dropped messages as they came, after their period",
  "notifications.reprocessing-chosen": "chose notifications to judge again",
  "notifications.reprocessed": "had notifications judged again",
  "notifications.reprocessing-started": "began to judge notifications again",
  "notifications.reprocessing-stopped": "stopped judging notifications again",
  "hold-rules.changed": "changed what is entered about holds",
  "payment.looked-at": "looked at what was loud about a payment",
  "refund.looked-at": "looked at what was loud about a refund",
  "refund-hold.changed": "changed the time to stop a refund",
  "refund-limit.changed": "changed a limit of refunds",
  "refund-plan.made": "made a plan of refunds",
  "refund-plan.started": "started a plan of refunds",
  "refund-plan.resumed": "went on with a plan of refunds",
  "refund-plan.paused": "paused a plan of refunds",
  "refund-plan.ended": "ended a plan of refunds",
  "event-endpoint.added": "added an endpoint for events",
  "event-endpoint.changed": "changed an endpoint for events",
  "event-endpoint.activated": "took an endpoint for events into use",
  "event-endpoint.deactivated": "took an endpoint for events out of use",
  "event-endpoint.key-replaced": "made a new key for events",
  "event-endpoint.key-retired": "ended the overlap of two keys for events",
  "event.tested": "sent a test event",
  "event.sent-again": "sent an event again",
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

/** Every act that has words, in the order of its subject. */
export const auditActions: readonly string[] = Object.keys(words);
