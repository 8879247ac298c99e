import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import { listAllCredentials } from "@/db/queries/credentials-listed";
import { addCredential } from "@/lib/credentials/add-credential";
import { NewCredential } from "@/lib/credentials/credential-input";
import { notifyUrls } from "@/lib/credentials/notify-urls";
import { Environment } from "@/lib/domain/environment";
import { fail, reasonOf, typedIn } from "./command-line";

const usage =
  "npm run credential -- add --environment test|production --label TEXT --base-url URL --mch-no M --app-id A [--way-codes A,B]   (secret on standard input), or: npm run credential -- list";

async function main(): Promise<string[]> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      environment: { type: "string" },
      label: { type: "string" },
      "base-url": { type: "string" },
      "mch-no": { type: "string" },
      "app-id": { type: "string" },
      "way-codes": { type: "string" },
    },
  });
  const [command, ...more] = positionals;
  if (more.length === 0 && command === "list") return list();
  if (more.length > 0 || command !== "add") throw new Error(`usage: ${usage}`);
  return [await add(values)];
}

type Given = Partial<Record<"environment" | "label" | "base-url" | "mch-no" | "app-id" | "way-codes", string>>;

/** The same as the settings screen: asks the gateway first and stores nothing that it does not accept. */
async function add(given: Given): Promise<string> {
  const environment = Environment.safeParse(given.environment);
  if (!environment.success) throw new Error("--environment: write test or production");
  if (process.stdin.isTTY) console.error("Paste the secret, then press Enter and Ctrl-D.");
  const credential = NewCredential.safeParse({
    label: given.label ?? "",
    baseUrl: given["base-url"] ?? "",
    mchNo: given["mch-no"] ?? "",
    appId: given["app-id"] ?? "",
    wayCodes: given["way-codes"] ?? "",
    secret: await typedIn(),
  });
  if (!credential.success) throw new Error(reasonOf(credential.error, "--"));
  const by = { actor: { kind: "script" }, address: null } as const;
  const added = await addCredential(by, environment.data, credential.data);
  if (!added.ok) throw new Error(added.error.message);
  return JSON.stringify({ credentialId: added.value, notifyUrls: notifyUrls(added.value) });
}

async function list(): Promise<string[]> {
  const credentials = await listAllCredentials();
  return credentials.map(({ id, ...shown }) =>
    JSON.stringify({ credentialId: id, notifyUrls: notifyUrls(id), ...shown }),
  );
}

main()
  .then((lines) => {
    for (const line of lines) console.log(line);
  })
  .catch(fail)
  .finally(closeDb);
