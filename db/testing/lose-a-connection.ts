import { outliveLostConnections } from "../outlive-lost-connections";

/** A process in which nobody waits for a question whose connection is lost, or for something else (`process.argv[2]`). */
if (process.argv[2] !== "unguarded") outliveLostConnections(({ code }) => process.stdout.write(`lost: ${code}\n`));
const code = process.argv[2] === "other" ? "ENOENT" : "CONNECTION_CLOSED";
void Promise.reject(Object.assign(new Error("write"), { code, query: "select 1" }));
setTimeout(() => process.stdout.write("goes on\n"), 10);
