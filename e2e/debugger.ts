import { expect, type Locator, type Page } from "@playwright/test";

export type Fields = Record<string, string | number>;

/** Every form in which a message can be pasted, with what the page calls it. */
export const forms: Readonly<Record<string, { name: string; write: (message: Fields) => string }>> = {
  json: { name: "JSON body", write: (message) => JSON.stringify(message, null, 2) },
  form: { name: "form body or query string", write: (message) => encoded(message) },
  address: {
    name: "address with a query",
    write: (message) => `https://gateway.example/api/pay/unifiedOrder?${encoded(message)}`,
  },
  curl: {
    name: "curl command",
    write: (message) =>
      `curl -sS https://gateway.example/api/pay/unifiedOrder -H 'Content-Type: application/json' -d '${JSON.stringify(message)}'`,
  },
  http: {
    name: "raw HTTP request",
    write: (message) =>
      `POST /api/pay/unifiedOrder HTTP/1.1\nHost: gateway.example\nContent-Type: application/json\n\n${JSON.stringify(message)}`,
  },
  har: {
    name: "HAR entry",
    write: (message) =>
      JSON.stringify({
        request: {
          method: "POST",
          url: "https://gateway.example/api/pay/unifiedOrder",
          headers: [{ name: "Content-Type", value: "application/json" }],
          postData: { mimeType: "application/json", text: JSON.stringify(message) },
        },
        response: { status: 200, content: { text: "" } },
      }),
  },
  log: {
    name: "line of a log",
    write: (message) => `2026-11-19 14:35:02 DEBUG sign text: ${canonical(message)} sign: ${message["sign"]}`,
  },
};

/** As an SDK prints it, key and all. */
export function loggedWithKey(message: Fields, key: string): string {
  return `2026-11-19 14:35:02 DEBUG sign text: ${canonical(message)}&key=${key} sign: ${message["sign"]}`;
}

function canonical({ sign: _, ...fields }: Fields): string {
  const pieces = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return pieces.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join("&");
}

function encoded(message: Fields): string {
  return new URLSearchParams(Object.entries(message).map(([name, value]) => [name, String(value)])).toString();
}

/** The screen on which a message is held against a secret. */
export class Debugger {
  constructor(readonly page: Page) {}

  /** Pastes a message and waits until it was read as such. */
  async paste(text: string, readAs: string): Promise<void> {
    const box = this.page.getByLabel("What was refused");
    await expect(async () => {
      await box.fill("");
      await box.fill(text);
      await expect(this.page.getByText(`Read as ${readAs},`)).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }

  async typeSecret(secret: string): Promise<void> {
    await this.page.getByText("Type it, stays in this browser").click();
    await this.page.getByLabel("Secret, for this moment").fill(secret);
  }

  /** What is the matter, in one sentence. */
  verdict(): Locator {
    return this.page.locator("[data-verdict]").getByRole("heading", { level: 2 });
  }
}
