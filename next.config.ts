import type { NextConfig } from "next";

const headers = {
  "Content-Security-Policy": "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  "X-Content-Type-Options": "nosniff",
  // Not `no-referrer`: browsers then take the origin away from plain forms, and with it the proof that they are ours.
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // Browsers take it over https only.
  "Strict-Transport-Security": "max-age=31536000",
};

// The page that shows a gateway's own form brings stricter headers of its own.
const allButGatewayForms = "/((?!.*/pay-form$).*)";

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Arguments of server actions may hold what a person typed into a secret field.
  logging: { serverFunctions: false },
  // `forbidden()` answers 403 and shows forbidden.tsx.
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino"],
  // Browsers ask for it by themselves, whatever the page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/favicon.svg" }],
  headers: async () => [
    { source: allButGatewayForms, headers: Object.entries(headers).map(([key, value]) => ({ key, value })) },
  ],
  ...(process.env["NEXT_DIST_DIR"] ? { distDir: process.env["NEXT_DIST_DIR"] } : {}),
};

export default config;
