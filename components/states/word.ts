import type { LucideIcon } from "lucide-react";
import type { Tone } from "@/components/ui/tone";

/** How a state is shown: always icon, word and colour together, and what it means in one sentence. */
export type StateWord = { word: string; tone: Tone; Icon: LucideIcon; meaning: string };
