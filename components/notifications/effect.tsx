import { ArrowRight } from "lucide-react";

/** What a message changed, `waiting → paid`. Blank when it changed nothing. */
export function Effect({ effect }: { effect: string | null }) {
  if (!effect) return null;
  const [from, to] = effect.split(">");
  return (
    <span className="inline-flex items-center gap-1.5 text-12">
      <span className="text-ink-3">{from}</span>
      <ArrowRight className="size-3 text-ink-3" aria-label="became" />
      <span className="font-medium">{to}</span>
    </span>
  );
}
