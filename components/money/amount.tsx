import { classNames } from "@/components/ui/class-names";
import { amountParts, currencyLabel } from "@/lib/domain/money";

type Size = "inline" | "sum" | "big";

type Props = {
  /** Minor units; zero and negative sums too. */
  amount: number;
  currency: string;
  /** `big` is the one figure of a page, `sum` stands in a ledger. */
  size?: Size | undefined;
  /** Leaves out the currency where the line has said it already. */
  hideCurrency?: boolean | undefined;
  className?: string | undefined;
};

const figures: Record<Size, string> = {
  inline: "tracking-[-0.005em]",
  sum: "",
  big: "text-64 leading-none font-figure tracking-[-0.045em]",
};

const currencies: Record<Size, string> = {
  inline: "text-[0.86em]",
  sum: "text-12 tracking-normal",
  big: "mr-[0.2em] align-[0.06em] text-[0.34em] font-normal tracking-normal",
};

/** Thin currency, comma thousands, quiet decimals, figures of equal width. Read and copied as `HK$ 1,280.00`. */
export function Amount({ amount, currency, size = "inline", hideCurrency = false, className }: Props) {
  const { sign, whole, fraction } = amountParts(amount, currency);
  return (
    <span className={classNames("nums whitespace-nowrap", figures[size], className)}>
      {hideCurrency ? null : (
        <span className={classNames("text-ink-3", currencies[size])}>{`${currencyLabel(currency)}\u00A0`}</span>
      )}
      {sign}
      {whole}
      {fraction === "" ? null : <span className={size === "big" ? "text-ink-3" : "amount-fraction"}>.{fraction}</span>}
    </span>
  );
}
