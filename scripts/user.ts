import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import { addPerson } from "@/lib/people/add-person";
import { openConsoleEverywhere } from "@/lib/people/change-console-access";
import { NewPerson } from "@/lib/people/person-input";
import { fail, reasonOf, typedIn } from "./command-line";

const usage =
  "npm run user -- add --email E --name N --role support|operator|admin (password on standard input), or npm run user -- open-console";

/**
 * `add` creates a person; without a password on standard input it prints a link that lets the person choose one, once.
 * `open-console` empties the lists of addresses from which people may come, and prints what they were.
 */
async function main(): Promise<string> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { email: { type: "string" }, name: { type: "string" }, role: { type: "string" } },
  });
  if (positionals.length !== 1 || !["add", "open-console"].includes(positionals[0] ?? ""))
    throw new Error(`usage: ${usage}`);
  if (positionals[0] === "open-console") return JSON.stringify({ before: await openConsoleEverywhere() });
  const person = NewPerson.safeParse({ email: "", name: "", ...values });
  if (!person.success) throw new Error(reasonOf(person.error, "--"));
  const password = process.stdin.isTTY ? "" : await typedIn();
  const by = { actor: { kind: "script" }, address: null } as const;
  const added = await addPerson(by, person.data, password === "" ? null : password);
  if (!added.ok) throw new Error(added.error.message);
  const { personId, email, invitation } = added.value;
  return JSON.stringify({ personId, email, role: person.data.role, ...(invitation && { invitation: invitation.url }) });
}

main()
  .then((line) => console.log(line))
  .catch(fail)
  .finally(closeDb);
