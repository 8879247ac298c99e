"use client";

import { ArrowLeftRight } from "lucide-react";
import { usePathname } from "next/navigation";
import { environmentWords } from "@/components/ui/environment-band";
import { type Environment, otherEnvironment } from "@/lib/domain/environment";
import { sameKindOfPage } from "./navigation-entries";

/** Leads to the same kind of page in the other environment. A full page load, so nothing of this side stays behind. */
export function EnvironmentSwitch({ environment }: { environment: Environment }) {
  const other = otherEnvironment(environment);
  const { word } = environmentWords[other];
  return (
    <a href={sameKindOfPage(usePathname(), other)} className="strip-switch" title="Keeps the kind of page you are on">
      <ArrowLeftRight className="size-3.5" />
      <span>
        <span className="max-desk:sr-only">Switch to </span>
        <span className="desk:lowercase">{word}</span>
      </span>
    </a>
  );
}
