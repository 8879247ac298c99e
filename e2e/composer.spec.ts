import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { ownNumber } from "./numbers";
import { webUrl } from "./run";

const answerOn = (page: Page): Locator => page.getByRole("region", { name: "Answer", exact: true });

async function send(page: Page, name = "Send to the test gateway"): Promise<void> {
  await page.getByRole("button", { name }).click();
}

test("a request written in fields is signed and answered, and one with a wrong sign leads into the debugger", async ({
  operator,
  sandbox,
}) => {
  const { mchOrderNo } = await operator.createPayment();
  const { page } = operator;
  await operator.open("/test/composer");
  await page.getByRole("navigation", { name: "Operation" }).getByRole("link", { name: "Ask about an order" }).click();
  await expect(page.getByLabel("payOrderId")).toBeVisible();
  await page.getByLabel("mchOrderNo").fill(mchOrderNo);
  await send(page);
  const answer = answerOn(page);
  await expect(answer.getByRole("region", { name: "Outcome" })).toContainText("signature valid");
  await expect(answer.getByLabel("The answer as it came")).toContainText(mchOrderNo);
  await expect(answer.getByRole("heading", { name: "The same request as working code" })).toBeVisible();

  // The same order, as a body that nobody completes and with a sign that nobody made.
  const { mchNo, appId } = await sandbox.order(mchOrderNo);
  const wrong = { mchNo, appId, mchOrderNo, reqTime: 1_795_070_081_118, version: "1.0", signType: "MD5" };
  await page.getByRole("link", { name: "Write the body instead" }).click();
  await page.getByLabel("Body", { exact: true }).fill(JSON.stringify({ ...wrong, sign: "0".repeat(32) }));
  await page.getByText("Send as it stands").click();
  await send(page);
  await expect(answer).toContainText("Signature verification failed");
  await expect(answer).toContainText("nothing: sent as it stood");
  await answer.getByRole("link", { name: "Why?" }).click();
  await page.waitForURL(/\/test\/debugger\?call=/);
  await expect(page.getByText("Read as raw HTTP request,")).toBeVisible();

  await operator.open("/test/calls");
  await expect(page.getByText("by hand, Olga Operator").first()).toBeVisible();
});

test("production only asks, whatever a browser sends, and a number must be one", async ({ operator }) => {
  const { page } = operator;
  await operator.open("/production/composer");
  const operations = page.getByRole("navigation", { name: "Operation" }).getByRole("link");
  await expect(operations).toHaveText(["Ask about an order", "Ask about a refund"]);
  await expect(page.getByText("Write the body instead")).toHaveCount(0);
  await page.getByLabel("mchOrderNo").fill(`${ownNumber()}&amount=1`);
  await send(page, "Ask the production gateway");
  await expect(page.getByText(/In production a number has at most 64 letters/)).toBeVisible();
  const mchOrderNo = ownNumber();
  await page.getByLabel("mchOrderNo").fill(mchOrderNo);
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/composer"));
  await send(page, "Ask the production gateway");
  const answer = answerOn(page);
  await expect(answer).toContainText("The order does not exist");
  await expect(answer).toContainText("not kept: it was made with a production key");

  // What the page does not offer is not to be had by hand either.
  const request = await sent;
  const headers = await request.allHeaders();
  const forged = await page.request.post(request.url(), {
    data: (request.postDataBuffer() ?? Buffer.alloc(0)).toString("latin1").replace(/\r\nquery\r\n/, "\r\nclose\r\n"),
    headers: {
      "content-type": headers["content-type"] ?? "",
      "next-action": headers["next-action"] ?? "",
      accept: "text/x-component",
      origin: webUrl,
    },
  });
  expect(await forged.text()).toContain("only questions about orders and refunds");
});
