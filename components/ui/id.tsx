import Link from "next/link";
import { CopyButton } from "./copy-button";

type Props = {
  value: string;
  /** What kind of number it is, for the name of the copy button. */
  label?: string | undefined;
  href?: string | undefined;
  /** Shortened in the middle. Never on the page of the thing itself. */
  short?: boolean | undefined;
  copy?: boolean | undefined;
};

/** A number of ours or the gateway's: mono, never broken, to be copied. */
export function Id({ value, label, href, short = false, copy = true }: Props) {
  const text = short ? shortened(value) : value;
  return (
    <span className="mono inline-flex min-w-0 items-center gap-1 text-12">
      {href ? (
        <Link href={href} className="link truncate py-1" title={short ? value : undefined}>
          {text}
        </Link>
      ) : (
        <span className={short ? "truncate" : "break-all"} title={short ? value : undefined}>
          {text}
        </span>
      )}
      {copy ? <CopyButton value={value} label={label ? `${label} ${value}` : value} /> : null}
    </span>
  );
}

/** `7a91c3e05bd24f6688e0d1b2` as `7a91c3e0…d1b2`. */
export function shortened(value: string): string {
  return value.length <= 14 ? value : `${value.slice(0, 8)}…${value.slice(-4)}`;
}
