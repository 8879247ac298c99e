import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { StateLabel } from "@/components/ui/state-label";
import { visibleText } from "@/components/ui/visible-text";
import type { AddressStep } from "@/lib/doctor/address-steps";

const results = {
  passed: { word: "Passed", tone: "paid", Icon: CircleCheck },
  failed: { word: "Failed", tone: "failed", Icon: CircleX },
  unseen: { word: "Not looked at", tone: "closed", Icon: CircleMinus },
} as const satisfies Record<AddressStep["result"], object>;

/** Every step between the outside and this console, in the order in which a message travels. */
export function AddressSteps({ steps }: { steps: readonly AddressStep[] }) {
  return (
    <ol aria-label="Steps from outside to this console" className="grid border-t border-line-2 text-13">
      {steps.map(({ name, result, says }) => {
        const { word, tone, Icon } = results[result];
        return (
          <li
            key={name}
            className="grid gap-x-4 gap-y-0.5 border-b border-line py-2 desk:grid-cols-[112px_132px_minmax(0,1fr)]"
          >
            <span className="text-12 text-ink-3 desk:pt-0.5">{name}</span>
            <StateLabel tone={tone} icon={<Icon />}>
              {word}
            </StateLabel>
            <span className="[overflow-wrap:anywhere] text-ink-2">{visibleText(says)}</span>
          </li>
        );
      })}
    </ol>
  );
}
