import type { NextConfig } from "next";

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Arguments of server actions may hold what a person typed into a secret field.
  logging: { serverFunctions: false },
  // `forbidden()` answers 403 and shows forbidden.tsx.
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino"],
  ...(process.env["NEXT_DIST_DIR"] ? { distDir: process.env["NEXT_DIST_DIR"] } : {}),
};

export default config;
