import Link from "next/link";

/** Outside of both environments, so nothing around it may look like one of them. */
export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-screen max-w-[52ch] content-center gap-3 px-4">
      <h1>There is nothing at this address.</h1>
      <p className="leading-normal text-ink-2">Addresses of this console begin with /test or /production.</p>
      <p>
        <Link href="/" className="link">
          Go to the payments
        </Link>
      </p>
    </main>
  );
}
