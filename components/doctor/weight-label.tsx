import { CircleAlert, CircleCheck, CircleX, Hourglass } from "lucide-react";
import { StateLabel } from "@/components/ui/state-label";
import type { Tone } from "@/components/ui/tone";
import type { Weight } from "@/lib/doctor/ladder";

const words = {
  fine: { word: "Nothing wrong", tone: "paid", Icon: CircleCheck },
  wait: { word: "Wait", tone: "wait", Icon: Hourglass },
  look: { word: "Worth a look", tone: "unclear", Icon: CircleAlert },
  wrong: { word: "Cause found", tone: "failed", Icon: CircleX },
} as const satisfies Record<Weight, object>;

export function toneOf(weight: Weight): Tone {
  return words[weight].tone;
}

export function WeightLabel({ weight }: { weight: Weight }) {
  const { word, tone, Icon } = words[weight];
  return (
    <StateLabel tone={tone} icon={<Icon />} size="heading">
      {word}
    </StateLabel>
  );
}
