"use client";

import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Environment } from "@/lib/domain/environment";

/** An address that leads nowhere: says why that may be, and the way back to the list. */
export function NothingHere({ title, children }: { title: string; children: ReactNode }) {
  const environment = Environment.catch("test").parse(useParams()["environment"]);
  return (
    <div className="py-2">
      <h1>{title}</h1>
      <p className="mt-1 mb-3.5 max-w-[52ch] leading-normal text-ink-2">{children}</p>
      <LinkButton href={`/${environment}/payments`}>All payments</LinkButton>
    </div>
  );
}
