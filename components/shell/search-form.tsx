import { Search } from "lucide-react";
import Form from "next/form";
import type { Environment } from "@/lib/domain/environment";

/** One box for every number: ours, the gateway's, the channel's. A GET form, so it works without JavaScript. */
export function SearchForm({ environment }: { environment: Environment }) {
  return (
    <Form action={`/${environment}/search`} role="search" className="search-form">
      <Search />
      <label htmlFor="search" className="sr-only">
        Search by order, refund, gateway or channel number
      </label>
      <input
        id="search"
        name="q"
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={128}
        placeholder="Order, refund or channel number"
      />
      <span className="kbd max-desk:hidden" aria-hidden="true">
        /
      </span>
    </Form>
  );
}
