import http from "node:http";
import { expect, test } from "./fixtures";
import { webUrl } from "./run";

/** Every other journey comes from one of these. */
const usual = "127.0.0.1\n::1";
const elsewhere = "127.0.0.2";

test("an admin lets people in from listed addresses only, and cannot be locked out by that", async ({ admin }) => {
  const { page } = admin;
  await admin.open("/test/settings/console-access");
  const form = page.getByRole("form", { name: "Console access" });
  const console = form.getByRole("textbox", { name: /^The console/ });
  const settings = form.getByRole("textbox", { name: /^Settings/ });
  const save = form.getByRole("button", { name: "Save the lists" });

  await console.fill("203.0.113.0/24");
  await save.click();
  await expect(
    form.getByText(/^Your own address, [0-9a-f.:]+, is not on this list: it would lock you out\./),
  ).toBeVisible();
  // What is wrong is focused when the form has come back whole.
  await expect(console).toBeFocused();
  await console.fill(usual);
  await save.click();
  const saved = form.getByText("Saved. It holds from the next request on, for whoever is signed in too.");
  await expect(saved).toBeVisible();

  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const canCallFromElsewhere = (await ask("/api/health", cookie)) !== null;
  if (!canCallFromElsewhere) test.info().annotations.push({ type: "left out", description: `calls from ${elsewhere}` });
  const closed = "not open to the address you come from";
  if (canCallFromElsewhere) {
    expect(await ask("/test/payments", cookie)).toMatchObject({ status: 403, body: expect.stringContaining(closed) });
    expect(await ask("/api/live?topics=test", cookie)).toMatchObject({ status: 403 });
    expect(await ask("/api/auth/csrf", "")).toMatchObject({ status: 403 });
    expect(await ask("/sign-in", "")).toMatchObject({ body: expect.stringContaining(closed) });
    const forged = { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "x-peer-address": "127.0.0.1" };
    expect(await ask("/test/payments", cookie, forged)).toMatchObject({ status: 403 });
    expect(await ask("/api/health", "")).toMatchObject({ status: 200 });
    expect(await ask("/api/notify/nobody/payment", "")).toMatchObject({ status: 405 });
  }

  // A text typed into a page that is just waking up may be typed beside what stood there.
  await admin.open("/production/settings/console-access");
  await expect(console).toHaveValue(usual);
  await expect(async () => {
    await console.fill("");
    await settings.fill(usual);
    await save.click();
    await expect(saved).toBeVisible({ timeout: 10_000 });
  }).toPass();
  if (canCallFromElsewhere) {
    expect(await ask("/test/payments", cookie)).toMatchObject({ status: 200 });
    const refused = expect.stringContaining("Settings are not open to the address you come from");
    expect(await ask("/test/settings/audit", cookie)).toMatchObject({ status: 403, body: refused });
  }

  await settings.fill("");
  await save.click();
  await expect(form.getByText("Saved. People may come from everywhere.")).toBeVisible();
  await admin.open("/test/settings/audit");
  await expect(page.getByRole("row", { name: /changed from where people may come/ }).first()).toBeVisible();
});

type Answer = { status: number; body: string };

/** Asks the console from another address of this machine; null where the system has only the usual one. */
async function ask(path: string, cookie: string, headers: Record<string, string> = {}): Promise<Answer | null> {
  const { host, port } = new URL(webUrl);
  return new Promise((resolve, reject) => {
    const request = http.get(
      { host: "127.0.0.1", port, path, localAddress: elsewhere, agent: false, headers: { host, cookie, ...headers } },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
      },
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRNOTAVAIL") resolve(null);
      else reject(error);
    });
  });
}
