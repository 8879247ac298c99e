import { signedPieces } from "@/lib/gateway/canonical-string";
import { WireFields } from "@/lib/gateway/fields";
import type { SnippetCall, SnippetField, SnippetProgram } from "./snippet-request";

/** A script for any POSIX shell with curl and md5sum or openssl. The pieces stand in it in the order of signing. */
export function curl({ baseUrl, encoding, calls }: SnippetProgram): string {
  return `#!/bin/sh
# Save as request.sh, then: COUNTERSIGN_SECRET=... sh request.sh
set -eu
: "\${COUNTERSIGN_SECRET:?Set COUNTERSIGN_SECRET to the secret of the application.}"

BASE_URL=${quoted(baseUrl)}

# MD5 in upper case of what is read. The secret never stands in a command line.
md5() {
  if command -v md5sum >/dev/null 2>&1; then md5sum; else openssl md5 -r; fi | cut -c1-32 | tr a-f A-F
}
${calls.map((call) => `\n${scriptOf(call, encoding)}`).join("")}`;
}

function scriptOf({ path, fields }: SnippetCall, encoding: SnippetProgram["encoding"]): string {
  return `# Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret.
TEXT=${joined(piecesOf(fields))}
SIGN=$(printf '%s' "\${TEXT}key=\${COUNTERSIGN_SECRET}" | md5)

${encoding === "json" ? jsonRequest(path, fields) : formRequest(path, fields)}
echo
`;
}

// Sorted here, because no sort of a shell takes lines that hold line ends.
function piecesOf(fields: readonly SnippetField[]): string[] {
  return signedPieces(WireFields.from(Object.fromEntries(fields))).map(({ piece }) => piece);
}

function jsonRequest(path: string, fields: readonly SnippetField[]): string {
  const members = fields.map(([name, value]) => `${quoted(`${JSON.stringify(name)}:${JSON.stringify(value)},`)}\\\n`);
  return `BODY='{'\\
${members.join("")}'"sign":"'"$SIGN"'"}'

printf '%s' "$BODY" | curl -sS "$BASE_URL"${quoted(path)} \\
  -H 'Accept: application/json' \\
  -H 'Content-Type: application/json;charset=UTF-8' \\
  --data-binary @-`;
}

function formRequest(path: string, fields: readonly SnippetField[]): string {
  const pairs = fields.map(([name, value]) => `  --data-urlencode ${quoted(`${name}=${value}`)} \\\n`);
  return `curl -sS "$BASE_URL"${quoted(path)} \\
  -H 'Accept: application/json' \\
${pairs.join("")}  --data-urlencode "sign=$SIGN"`;
}

function joined(pieces: readonly string[]): string {
  return pieces.length === 0 ? "''" : pieces.map(quoted).join("\\\n");
}

/** Between single quotes a shell changes nothing. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
