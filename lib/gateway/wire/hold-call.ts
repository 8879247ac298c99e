import { type FieldProblem, shortText, wholeNumber } from "./field-rules";
import { operationPaths } from "./requests";

/** Completing and releasing a hold: operations that the protocol has and does not publish (gateway-protocol 3.2). */
export type HoldOperationName = "holdComplete" | "holdRelease";

/** Where it goes below the base URL, and what it says beside the envelope. Whoever asks knows both from the gateway. */
export type HoldCall = { readonly path: string; readonly fields: Readonly<Record<string, string | number>> };

/** What every request carries. The gateway finds fields whatever their case, so no other may look like one of them. */
const envelope = new Set(["mchno", "appid", "reqtime", "version", "signtype", "sign"]);

const longestPath = 120;

/** What is wrong with a path below a base URL, or null. No host, no way upwards, nothing that must be escaped. */
export function pathProblem(path: string): string | null {
  if (!path.startsWith("/") || path.startsWith("//")) return "Begin with one /, without a host: /api/pay/…";
  if (path.length > longestPath) return `At most ${longestPath} characters.`;
  const segments = path.slice(1).split("/");
  if (segments.some((segment) => segment === "." || segment === "..")) return "Leave out . and .. between the slashes.";
  if (!segments.every((segment) => /^[A-Za-z0-9._~-]+$/.test(segment))) {
    return "Use letters, digits and - _ . ~ between single slashes; no ?, # or %.";
  }
  return null;
}

/** What is wrong with the name of a field, or null. */
export function fieldNameProblem(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)) return "A letter, then letters, digits or _, at most 40 in all.";
  if (envelope.has(looseName(name))) return "Every request carries a field of this name already.";
  return null;
}

/** Whether a path is that of an operation with another meaning. `cancel` and `close` may well release a hold. */
export function isForeignPath(operation: HoldOperationName, path: string): boolean {
  const mayRelease = operation === "holdRelease" ? [operationPaths.cancel, operationPaths.close] : [];
  const known = Object.values(operationPaths).filter((one) => !mayRelease.includes(one));
  return known.some((one) => one.toLowerCase() === path.toLowerCase());
}

/** Everything that forbids sending it. An empty list means: it may be sent. */
export function checkHoldCall(operation: HoldOperationName, { path, fields }: HoldCall): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrongPath = pathProblem(path) ?? (isForeignPath(operation, path) ? "This path means something else." : null);
  if (wrongPath) problems.push({ field: "path", message: wrongPath });
  const names = Object.keys(fields);
  if (new Set(names.map(looseName)).size !== names.length) {
    problems.push({ field: "path", message: "Two fields have one name." });
  }
  for (const [field, value] of Object.entries(fields)) {
    const message = fieldNameProblem(field) ?? valueProblem(value);
    if (message) problems.push({ field, message });
  }
  return problems;
}

function valueProblem(value: string | number): string | null {
  const rule = typeof value === "number" ? wholeNumber(1, Number.MAX_SAFE_INTEGER, "A whole number.") : shortText(64);
  const read = rule.safeParse(value);
  return read.success ? null : (read.error.issues[0]?.message ?? "This cannot be sent.");
}

/** As the gateway binds names. */
export function looseName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}
