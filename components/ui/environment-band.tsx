import { FlaskConical, Stamp } from "lucide-react";
import type { Environment } from "@/lib/domain/environment";

/** How each environment is told apart: word, plain meaning, icon. Colour and pattern follow `data-env`. */
export const environmentWords: Record<Environment, { word: string; meaning: string; more: string }> = {
  production: { word: "Production", meaning: "real money", more: "" },
  test: { word: "Test", meaning: "specimen", more: ", no real money" },
};

export function EnvironmentIcon({ environment, className }: { environment: Environment; className?: string }) {
  return environment === "production" ? (
    <Stamp className={className ?? ""} />
  ) : (
    <FlaskConical className={className ?? ""} />
  );
}

/** Heads every panel and dialog that moves money or changes keys. */
export function EnvironmentBand({ environment }: { environment: Environment }) {
  const { word, meaning } = environmentWords[environment];
  return (
    <div className="env-band" data-env={environment}>
      <EnvironmentIcon environment={environment} className="size-3.5" />
      <b>{word}</b>
      <span>{meaning}</span>
      <span className="env-pattern ml-2" aria-hidden="true" />
    </div>
  );
}

/** The environment as a word beside a heading. */
export function EnvironmentTag({ environment }: { environment: Environment }) {
  return (
    <span
      data-env={environment}
      className="inline-flex h-5 items-center gap-[5px] rounded-1 bg-env-bg px-1.5 text-12 font-medium text-env-ink"
    >
      <EnvironmentIcon environment={environment} className="size-[13px]" />
      {environmentWords[environment].word}
    </span>
  );
}
