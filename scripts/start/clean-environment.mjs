// @ts-check

const settings = [
  ...[
    "PORT",
    "SANDBOX_PORT",
    "DATABASE_URL",
    "DATA_DIR",
    "PUBLIC_URL",
    "MASTER_KEY",
    "MASTER_KEY_ALSO",
    "MASTER_KEY_COMMAND",
    "AUTH_SECRET",
    "METRICS_TOKEN",
  ],
  ...["TRUSTED_PROXY_HOPS", "NODE_ENV", "NEXTAUTH_URL", "NEXT_DIST_DIR"],
];

/**
 * Our environment without any setting of a running system: neither a build nor a test may find one.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of settings) Reflect.deleteProperty(env, name);
  return env;
}
