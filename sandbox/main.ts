import { startSandbox } from "./server";
import { readSandboxSettings } from "./settings";

const settings = readSandboxSettings(process.env);
if (!settings.ok) {
  console.error(settings.error);
  process.exit(1);
}

const sandbox = await startSandbox(settings.value).catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(isTaken ? `SANDBOX_PORT ${settings.value.port} is taken by another process.` : error);
  process.exit(1);
});
console.log(`Sandbox gateway on ${sandbox.url} (controls at ${sandbox.url}/control)`);

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    void sandbox.close().then(() => process.exit(0));
  });
}
