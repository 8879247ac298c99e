import { expect, type Locator, type Page } from "@playwright/test";
import type { Environment } from "@/lib/domain/environment";
import { ownNumber } from "./numbers";

export type Payment = { environment: Environment; mchOrderNo: string; path: string };

export type NewPayment = {
  environment?: Environment;
  way?: string;
  /** Major units, as typed. */
  amount?: string;
  currency?: string;
  mchOrderNo?: string;
  /** Its own when left out, so that no other sale says what is ordinary for it. */
  subject?: string;
  /** What the way asks for, by the label of its field. */
  fields?: Record<string, string>;
  /** The money is only held. */
  hold?: boolean;
  /** The label of the validity to choose. */
  goodFor?: string;
};

/** Somebody at the console, and what they do and see there, in the product's words. */
export class Person {
  /** Problems in the console of the browser that a test asks for; every other one fails it. */
  readonly expectedProblems: RegExp[] = [];

  constructor(readonly page: Page) {}

  /** A desk, or a phone in the hand. */
  async sitAt(width: 1440 | 390): Promise<void> {
    await this.page.setViewportSize(width === 390 ? { width, height: 844 } : { width, height: 1000 });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async fillPayment({ environment = "test", way = "WX_QR", amount = "12.34", ...rest }: NewPayment = {}) {
    const { page } = this;
    const mchOrderNo = rest.mchOrderNo ?? ownNumber();
    await this.open(`/${environment}/payments/new`);
    await this.chooseWay(way);
    await page.getByLabel("Amount").fill(amount);
    await page.getByLabel("Subject").fill(rest.subject ?? `Two coffees, ${mchOrderNo}`);
    await page.getByLabel("Order number").fill(mchOrderNo);
    if (rest.goodFor) await page.getByLabel("Order is good for").selectOption({ label: rest.goodFor });
    if (rest.hold) await page.getByRole("checkbox", { name: /^Only hold the money/ }).check();
    if (rest.currency) {
      await page.getByText(/^Advanced:/).click();
      await page.getByLabel("Currency").fill(rest.currency);
    }
    for (const [label, value] of Object.entries(rest.fields ?? {})) await page.getByLabel(label).fill(value);
    return { environment, mchOrderNo };
  }

  /** Fills the form, sends it, and stands on the page of the payment. */
  async createPayment(asked: NewPayment = {}): Promise<Payment> {
    const { environment, mchOrderNo } = await this.fillPayment(asked);
    await this.sendPayment();
    await this.page.waitForURL(/\/payments\/[0-9a-f-]{36}$/);
    return { environment, mchOrderNo, path: new URL(this.page.url()).pathname };
  }

  async sendPayment(): Promise<void> {
    await this.page
      .getByRole("main")
      .getByRole("button", { name: /^(Ask for|Create the payment|Hold|Place the hold)/ })
      .click();
  }

  async openPayment({ path }: Payment): Promise<void> {
    await this.open(path);
  }

  /** The word of the state at the head of a payment or refund. */
  state(word: string): Locator {
    return this.head().getByText(word, { exact: true });
  }

  head(): Locator {
    return this.page.locator("main header").first();
  }

  timeline(): Locator {
    return this.page.getByRole("list", { name: /^Timeline/ });
  }

  /** Entries of the timeline that say this. */
  entries(text: string | RegExp): Locator {
    return this.timeline().getByRole("listitem").filter({ hasText: text });
  }

  /** One of the acts of a payment, with its button or the reason why there is none. */
  act(name: "Refund" | "Ask the gateway now" | "Cancel the same day" | "Close"): Locator {
    const acts = this.page.getByRole("region", { name: "What can be done now" }).getByRole("listitem");
    return acts.filter({ hasText: new RegExp(`^${name}`) });
  }

  /** What becomes of held money, on the page of its payment. */
  hold(): Locator {
    return this.page.getByRole("region", { name: "Hold", exact: true });
  }

  /** Opens the form of a refund and fills it, without sending. */
  async fillRefund({ amount, reason = "Goods returned" }: { amount: string; reason?: string }): Promise<void> {
    await this.page.getByRole("link", { name: "Refund", exact: true }).first().click();
    const panel = this.refundPanel();
    await panel.getByLabel("Amount").fill(amount);
    await panel.getByLabel("Reason").selectOption({ label: reason });
  }

  refundPanel(): Locator {
    return this.page.getByRole("region", { name: "Refund", exact: true });
  }

  async sendRefund(): Promise<void> {
    await this.refundPanel()
      .getByRole("button", { name: /^Refund/ })
      .click();
  }

  /** Sends a refund above the own limit, which only asks a second person for it. */
  async askForApproval(): Promise<void> {
    await this.refundPanel()
      .getByRole("button", { name: /^Ask for approval of/ })
      .click();
    await expect(this.refundPanel()).toHaveCount(0);
  }

  /** What is about to happen and can still be stopped, above the head of a payment. */
  waiting(): Locator {
    return this.page.locator("[data-waiting]");
  }

  /** @returns our number of the refund */
  async refund(asked: { amount: string; reason?: string }): Promise<string> {
    await this.fillRefund(asked);
    const mchRefundNo = await this.refundPanel().locator("input[name=mchRefundNo]").inputValue();
    await this.sendRefund();
    await expect(this.refundPanel()).toHaveCount(0);
    return mchRefundNo;
  }

  async askTheGateway(): Promise<void> {
    await this.page.getByRole("main").getByRole("button", { name: "Ask", exact: true }).click();
  }

  async closeOrder(): Promise<void> {
    await this.page.getByRole("link", { name: "Close the order" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Close the order" }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  async cancelPayment(): Promise<void> {
    await this.page.getByRole("link", { name: "Cancel the payment" }).click();
    await this.page
      .getByRole("dialog")
      .getByRole("button", { name: /^Cancel HK\$/ })
      .click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** What a form says when it was not carried out. */
  refusal(): Locator {
    return this.page.getByRole("main").locator("[role=alert], [id$=-error]").first();
  }

  async search(number: string): Promise<void> {
    await this.page.getByRole("searchbox").fill(number);
    await this.page.getByRole("searchbox").press("Enter");
  }

  /** Opens the notification that a timeline entry links to. */
  async openEvidence(entry: Locator, label: "Notification" | "Call" | "Refund"): Promise<void> {
    await entry.getByRole("link", { name: label, exact: true }).click();
  }

  /** Opens what the payer would, in the same browser: a link or what the code says. */
  async openPayPage(): Promise<Page> {
    const opened = this.page.context().waitForEvent("page");
    await this.page
      .getByRole("link", { name: /Open payment page|Open what the code says|Open the gateway’s form/ })
      .click();
    return opened;
  }

  private async chooseWay(way: string): Promise<void> {
    const radio = this.page.locator(`input[name=wayCode][value=${way}]`);
    // The radio button itself is drawn as a tile.
    const tile = this.page.locator("label").filter({ has: radio });
    if (!(await tile.isVisible())) await this.page.getByText("Other ways, or a way code of your own").click();
    await tile.click();
    await expect(radio).toBeChecked();
  }
}
