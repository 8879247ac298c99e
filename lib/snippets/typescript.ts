import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { literal, quotesAndBackslashes, utf16Escapes } from "./string-literal";

const quoted = (text: string) => literal(text, { special: quotesAndBackslashes, escape: utf16Escapes });

// Not as a line of this file, which imports nothing of Node.
const imports = `import { createHash } from ${quoted("node:crypto")};`;

/** A program for Node 20 and newer. */
export function typescript({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  const body = isJson
    ? "JSON.stringify(Object.fromEntries(signed))"
    : "new URLSearchParams(signed.map(([name, value]) => [name, String(value)])).toString()";
  return `// Save as request.mts, then: COUNTERSIGN_SECRET=... npx tsx request.mts
// Node 22.18 and newer run it alone: node request.mts
${imports}

type Field = [name: string, value: string | number];

const baseUrl = ${quoted(baseUrl)};
const secret = process.env["COUNTERSIGN_SECRET"];
if (!secret) throw new Error("Set COUNTERSIGN_SECRET to the secret of the application.");

/** Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret. */
function signatureOf(fields: Field[]): string {
  const pieces = fields
    .filter(([name, value]) => name !== "sign" && value !== "")
    .map(([name, value]) => \`\${name}=\${value}&\`)
    .sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  return createHash("md5").update(\`\${pieces.join("")}key=\${secret}\`, "utf8").digest("hex").toUpperCase();
}

async function send(path: string, fields: Field[]): Promise<void> {
  const signed: Field[] = [...fields, ["sign", signatureOf(fields)]];
  const response = await fetch(baseUrl + path, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": "${isJson ? "application/json" : "application/x-www-form-urlencoded"};charset=UTF-8",
    },
    body: ${body},
  });
  console.log(await response.text());
}

${calls.map(callOf).join("\n")}
`;
}

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `  [${quoted(name)}, ${typeof value === "number" ? value : quoted(value)}],\n`,
  );
  return `await send(${quoted(path)}, [\n${lines.join("")}]);`;
}
