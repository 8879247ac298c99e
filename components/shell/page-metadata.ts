import type { Metadata } from "next";
import { Environment } from "@/lib/domain/environment";

/** `Payments · Production`, `Payments · TEST`. The root layout adds the product's name. */
function pageTitle(title: string, environment: Environment): string {
  return `${title} · ${environment === "production" ? "Production" : "TEST"}`;
}

/**
 * Title and favicon of a page that shows one environment's data.
 *
 * @param named  as it stands in the address. What belongs to no environment looks like none of them
 */
export function pageMetadata(title: string, named: string): Metadata {
  const environment = Environment.safeParse(named);
  if (!environment.success) return { title: "Nothing here" };
  return { title: pageTitle(title, environment.data), icons: { icon: `/favicon-${environment.data}.svg` } };
}
