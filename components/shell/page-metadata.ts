import type { Metadata } from "next";
import type { Environment } from "@/lib/domain/environment";

/** `Payments · Production`, `Payments · TEST`. The root layout adds the product's name. */
function pageTitle(title: string, environment: Environment): string {
  return `${title} · ${environment === "production" ? "Production" : "TEST"}`;
}

/** Title and favicon of a page that shows one environment's data. */
export function pageMetadata(title: string, environment: Environment): Metadata {
  return { title: pageTitle(title, environment), icons: { icon: `/favicon-${environment}.svg` } };
}
