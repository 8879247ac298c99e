import { CopyButton } from "@/components/ui/copy-button";
import type { CustomerSentence } from "./customer-sentences";

/** What support may read out to the customer, each sentence in its language and with a copy button. */
export function CustomerWords({ sentences }: { sentences: readonly CustomerSentence[] }) {
  return (
    <details className="max-w-[62ch]">
      <summary className="w-fit py-1 text-13 text-ink-2">What to tell the customer</summary>
      <ul className="mt-1 grid">
        {sentences.map(({ lang, language, text }) => (
          <li
            key={lang}
            className="grid grid-cols-[76px_minmax(0,1fr)_auto] items-baseline gap-2 border-b border-line py-2 text-13"
          >
            <span lang={lang} className="text-12 text-ink-3">
              {language}
            </span>
            <span lang={lang} className="leading-normal">
              {text}
            </span>
            <CopyButton value={text} label={`the sentence in ${language}`} />
          </li>
        ))}
      </ul>
    </details>
  );
}
