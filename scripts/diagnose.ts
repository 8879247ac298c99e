import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Diagnosis, diagnose } from "@/lib/debugger/diagnose";
import { type GatewayView, gatewayView } from "@/lib/debugger/gateway-view";
import { type PastedInput, readInput } from "@/lib/debugger/read-input";
import { isGatewayEndpoint } from "@/lib/gateway/typed-reading";
import { fail, typedIn } from "./command-line";

const usage = `npm run --silent diagnose -- [--secret-file PATH] [--sign SIGNATURE] [--endpoint NAME] [--other LABEL=PATH]... [--json] < request

Reads a request, notification or answer from standard input (JSON, form, query, address, curl, raw HTTP, HAR or a line
of a log) and says which mistake led to its signature. The secret comes from the file, or from SIGN_SECRET.
Exit code: 0 valid, 1 explained or unexplained, 2 nothing to diagnose.`;

type Options = { json: boolean; sign: string | undefined; endpoint: string | undefined };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "secret-file": { type: "string" },
      other: { type: "string", multiple: true },
      sign: { type: "string" },
      endpoint: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const secret = secretFrom(values["secret-file"]);
  const otherSecrets = Object.fromEntries((values.other ?? []).map(otherFrom));
  if (process.stdin.isTTY) console.error("Paste the request, then press Enter and Ctrl-D.");
  const input = readInput(await typedIn());
  if (!input.ok) throw new Error(input.error.message);
  const { json, sign, endpoint } = values;
  show(input.value, { secret, otherSecrets }, { json, sign, endpoint });
}

/** The secret as it is: a line end at its end is what an editor adds, everything else may be the very mistake. */
function secretFrom(path: string | undefined): string {
  const secret =
    path === undefined ? (process.env["SIGN_SECRET"] ?? "") : readFileSync(path, "utf8").replace(/\r?\n$/, "");
  if (secret === "") throw new Error("no secret: name a file with --secret-file, or set SIGN_SECRET");
  return secret;
}

function otherFrom(given: string): [label: string, secret: string] {
  const equals = given.indexOf("=");
  if (equals < 1) throw new Error("--other: write LABEL=PATH, for example production=key.txt");
  return [given.slice(0, equals), secretFrom(given.slice(equals + 1))];
}

function show(
  input: PastedInput,
  secrets: { secret: string; otherSecrets: Record<string, string> },
  { json, sign, endpoint: named }: Options,
): void {
  if (named !== undefined && !isGatewayEndpoint(named)) throw new Error(`--endpoint: ${named} is not an operation`);
  const receivedSign = sign ?? input.receivedSign;
  if (receivedSign === null) throw new Error("no signature in the input: give it with --sign");
  const endpoint = named ?? input.endpoint;
  const place = endpoint === null ? {} : { endpoint };
  const diagnosis = diagnose({ text: input.text, receivedSign, ...secrets, ...place });
  const view = diagnosis.kind === "request" ? gatewayView({ text: input.text, ...place }) : null;
  console.log(json ? asJson(input, receivedSign, diagnosis, view) : asText(input, receivedSign, diagnosis, view));
  process.exitCode = diagnosis.verdict === "valid" ? 0 : 1;
}

function asJson(input: PastedInput, receivedSign: string, diagnosis: Diagnosis, view: GatewayView | null): string {
  const { form, notes, fieldCount } = input;
  return JSON.stringify({ ...diagnosis, receivedSign, input: { form, notes, fieldCount }, view });
}

function asText(input: PastedInput, receivedSign: string, diagnosis: Diagnosis, view: GatewayView | null): string {
  const { verdict, summary, causes, expected, right, secret, observations, tried, gateway } = diagnosis;
  const [likeliest, ...others] = causes;
  const difference = likeliest?.evidence?.difference;
  const isElsewhere = gateway?.expected && gateway.expected !== expected;
  return [
    `${verdict.toUpperCase()}  ${likeliest?.mistake ?? ""}`.trimEnd(),
    summary,
    "",
    `received  ${receivedSign}`,
    `right     ${isElsewhere ? gateway.expected : expected}`,
    ...(likeliest?.evidence ? ["", `hashed    ${visible(likeliest.evidence.hashedText)}`] : []),
    `right     ${visible(right.text)}`,
    ...(difference
      ? [
          "",
          `differ at character ${difference.at}: "${visible(difference.hashed)}" stands where "${visible(difference.right)}" belongs`,
        ]
      : []),
    ...(others.length > 0 ? ["", `fits too: ${others.map(({ mistake }) => mistake).join(", ")}`] : []),
    ...[...input.notes, ...observations, ...(view?.warnings ?? [])].map((note) => `note: ${note}`),
    "",
    `secret: ${secret.length} characters, fingerprint ${secret.fingerprint} · read as ${input.form}, ${input.fieldCount} fields · ${tried} digests tried`,
  ].join("\n");
}

/** Line ends and other characters that a terminal would not show. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be shown
  return text.replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

main().catch((error: unknown) => {
  fail(error);
  process.exitCode = 2;
});
