import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/panel";

const forms: readonly (readonly [name: string, example: string])[] = [
  ["JSON body", '{"mchNo":"M1…","amount":8800,…,"sign":"45BF…"}'],
  ["Form body or query string", "mchNo=M1…&amount=8800&…&sign=45BF…"],
  ["curl command", "curl https://…/api/pay/unifiedOrder -d '{…}'"],
  ["Raw HTTP request", "POST /api/pay/unifiedOrder HTTP/1.1 …"],
  ["HAR entry", "what the network panel of a browser saves"],
  ["Line of a log", "amount=8800&…&version=1.0&key=… sign: 45BF…"],
];

/** What the page is for, while nothing is pasted. */
export function Start({ onExample }: { onExample: () => void }) {
  return (
    <div className="border-t-[3px] border-line-2 pt-4">
      <h2 className="max-w-[26ch] text-28 leading-[1.16] font-medium tracking-[-0.03em] text-balance max-desk:text-20">
        “Signature check failed” has a reason. Paste what was refused.
      </h2>
      <p className="mt-3 max-w-[62ch] text-16 leading-normal text-ink-2">
        Every known mistake is tried, alone and in pairs, until one gives exactly the signature that was refused. Then
        it is named, with the text that was hashed beside the right one.
      </p>
      <p className="mt-4">
        <Button onClick={onExample}>Show me an example</Button>
      </p>
      <Section title="What you can paste">
        <dl className="text-13">
          {forms.map(([name, example]) => (
            <div
              key={name}
              className="grid gap-x-4 border-b border-line py-2 last:border-b-0 desk:grid-cols-[180px_minmax(0,1fr)]"
            >
              <dt className="text-ink-2">{name}</dt>
              <dd className="mono truncate text-12 text-ink-3">{example}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}
