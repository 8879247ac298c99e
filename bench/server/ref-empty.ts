import fs from "node:fs";
import path from "node:path";
import { cleanEnvironment } from "@/scripts/start/clean-environment.mjs";
import { runToEnd } from "@/scripts/start/processes.mjs";
import { say } from "@/scripts/start/say.mjs";

/**
 * Builds ref-empty: an application whose only route is bench/ref-empty, with the product's own build settings and at the
 * product's own address.
 *
 * It has packages of its own, because the framework looks for a proxy and for instrumentation in every folder above an
 * application up to where its packages lie, and would find the product's.
 *
 * @returns its `next` program
 */
export async function buildRefEmpty(folder: string): Promise<string[]> {
  const route = path.join(folder, "app", "api", "notify", "[credentialId]", "[kind]");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(route, { recursive: true });
  fs.cpSync("bench/ref-empty", route, { recursive: true });
  fs.writeFileSync(path.join(folder, "next.config.ts"), configFor(folder));
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "ref-empty", type: "module" }));
  for (const name of withDependencies(["next", "react", "react-dom"])) {
    linkTree(path.join("node_modules", name), path.join(folder, "node_modules", name));
  }
  say("building ref-empty");
  const program = [path.join(folder, "node_modules", "next", "dist", "bin", "next")];
  const code = await runToEnd("build", program, ["build", folder], cleanEnvironment());
  if (code !== 0) throw new Error("ref-empty could not be built, see above");
  return program;
}

/** The product's settings, with the application's own folder as the place to look for packages. */
function configFor(folder: string): string {
  const own = `export default { ...config, turbopack: { ...config.turbopack, root: ${JSON.stringify(folder)} } };`;
  const product = fs.readFileSync("next.config.ts", "utf8");
  const changed = product.replace("export default config;", own);
  if (changed === product) throw new Error("next.config.ts does not end in `export default config;` any more");
  return changed;
}

/** The packages of these names and everything they need that is installed. */
function withDependencies(names: string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = path.join("node_modules", name, "package.json");
    if (found.has(name) || !fs.existsSync(file)) continue;
    found.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(fs.readFileSync(file, "utf8"));
    waiting.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies));
  }
  return found;
}

/** Links instead of copies: the packages are some hundred megabytes. */
function linkTree(from: string, to: string): void {
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    const source = path.join(entry.parentPath, entry.name);
    const target = path.join(to, path.relative(from, source));
    if (entry.isDirectory()) fs.mkdirSync(target, { recursive: true });
    else if (entry.isFile()) link(source, target);
  }
}

function link(source: string, target: string): void {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  try {
    fs.linkSync(source, target);
  } catch {
    fs.copyFileSync(source, target);
  }
}
