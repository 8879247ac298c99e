/**
 * A text that must not be seen: it prints as `[secret]` in logs, JSON, templates and errors.
 * Only `reveal()` gives it back, so every place that reads one can be found by that name.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Called only where we sign, verify or encrypt. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}
