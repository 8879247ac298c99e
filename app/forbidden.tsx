import { closedWords } from "@/lib/auth/closed-to-address";
import { viewerWith } from "@/lib/auth/current-viewer";

/** The whole console is closed to an address. Outside of both environments, so nothing around it looks like one of them. */
export default async function Forbidden() {
  const asked = await viewerWith();
  // The framework draws this beside every page, in case it is needed.
  if (asked.ok || asked.hindrance !== "console") return null;
  const { title, because } = await closedWords(asked.hindrance);
  return (
    <main className="mx-auto grid min-h-screen max-w-[52ch] content-center gap-3 px-4">
      <h1>{title}</h1>
      <p className="leading-normal text-ink-2">{because}</p>
    </main>
  );
}
