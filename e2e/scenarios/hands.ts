import type { Locator, Page } from "@playwright/test";

/** Seconds of a practised person, by the keystroke-level model. */
const seconds = { click: 1.3, key: 0.28, paste: 0.56, think: 1.35 };

/** A person at mouse and keyboard, of whom every movement is counted. */
export class Hands {
  clicks = 0;
  keys = 0;
  private pastes = 0;
  private thoughts = 0;
  private waitedMs = 0;

  constructor(private readonly page: Page) {}

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  /** A key; what is held down beside it counts too. */
  async press(key: string): Promise<void> {
    this.keys += key.split("+").length;
    await this.page.keyboard.press(key);
  }

  /** One key for each character. */
  async type(text: string): Promise<void> {
    for (const character of text) await this.press(character);
  }

  async paste(text: string): Promise<void> {
    this.pastes += 1;
    await this.page.keyboard.insertText(text);
  }

  /** A decision, or something to be read. */
  think(): void {
    this.thoughts += 1;
  }

  /** What the product makes a person wait for. The only part that is measured and not computed. */
  async wait(answer: () => Promise<unknown>): Promise<void> {
    const startedAt = performance.now();
    await answer();
    this.waitedMs += performance.now() - startedAt;
  }

  get waitedSeconds(): number {
    return this.waitedMs / 1_000;
  }

  get seconds(): number {
    const { clicks, keys, pastes, thoughts } = this;
    return (
      clicks * seconds.click +
      keys * seconds.key +
      pastes * seconds.paste +
      thoughts * seconds.think +
      this.waitedSeconds
    );
  }
}
