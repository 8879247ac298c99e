import { parseArgs } from "node:util";
import { closeDb } from "@/db/client";
import { addPerson } from "@/lib/people/add-person";
import { NewPerson } from "@/lib/people/person-input";
import { fail, reasonOf, typedIn } from "./command-line";

const usage = "npm run user -- add --email E --name N --role support|operator|admin   (password on standard input)";

/** Creates a person. Without a password on standard input it prints a link that lets the person choose one, once. */
async function main(): Promise<string> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { email: { type: "string" }, name: { type: "string" }, role: { type: "string" } },
  });
  if (positionals.length !== 1 || positionals[0] !== "add") throw new Error(`usage: ${usage}`);
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
