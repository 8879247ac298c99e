const hidden = "[secret]";

const secretNames = new Set(
  [
    ...["secret", "appSecret", "secrets", "otherSecrets", "password", "passwordHash", "newPassword", "masterKey"],
    ...["authSecret", "dataKey", "key", "token", "tokenHash", "metricsToken", "sessionToken", "csrfToken"],
    ...["authorization", "cookie", "cookies", "set-cookie", "databaseUrl"],
  ].map((name) => name.toLowerCase()),
);

const deepest = 8;

/**
 * A copy of a log entry that may be written down: members with the name of a secret are hidden at any depth, and texts
 * lose the key of a canonical string and the password of an address. Errors become plain objects.
 */
export function withoutSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  return copyMembers(entry, 0);
}

function copyMembers(members: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      secretNames.has(name.toLowerCase()) ? hidden : copy(value, depth + 1),
    ]),
  );
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === "string") return withoutSecretParts(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return "[deeper]";
  if (value instanceof Error) return copyError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  if (value instanceof URL) return withoutSecretParts(value.href);
  // A value that has its own opinion about its printed form keeps it: that is how `Secret` stays hidden.
  if ("toJSON" in value && typeof value.toJSON === "function") return copy(value.toJSON(), depth + 1);
  return copyMembers(value, depth);
}

function copyError(error: Error, depth: number): Record<string, unknown> {
  return {
    type: error.name,
    message: withoutParameters(error.message),
    ...("code" in error ? { code: copy(error.code, depth) } : {}),
    stack: withoutParameters(error.stack ?? "", error.message),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, depth + 1) }),
  };
}

/** The query builder's messages end with the values of the query, and those may be anything. */
function withoutParameters(text: string, message = text): string {
  const start = message.indexOf("\nparams: ");
  const shown = start < 0 ? text : text.replace(message, message.slice(0, start));
  return withoutSecretParts(shown);
}

function withoutSecretParts(text: string): string {
  return text.replace(/([?&]key=)[^&\s"]+/gi, `$1${hidden}`).replace(/(:\/\/[^/\s:@]*:)[^/\s@]+@/g, `$1${hidden}@`);
}
