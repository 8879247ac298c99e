import { classNames } from "@/components/ui/class-names";
import { amountParts, currencyLabel, formatMoney } from "@/lib/domain/money";

type Props = {
  /** Minor units; zero and negative sums too. */
  amount: number;
  currency: string;
  /** `big` is the one figure of a page. */
  size?: "inline" | "big" | undefined;
  /** Leaves out the currency where the line has said it already. */
  hideCurrency?: boolean | undefined;
  className?: string | undefined;
};

/** Thin currency, comma thousands, quiet decimals, figures of equal width. Heard as one sum. */
export function Amount({ amount, currency, size = "inline", hideCurrency = false, className }: Props) {
  const { sign, whole, fraction } = amountParts(amount, currency);
  const isBig = size === "big";
  return (
    <span
      className={classNames(
        "nums whitespace-nowrap",
        isBig ? "text-64 leading-none font-figure tracking-[-0.045em]" : "tracking-[-0.005em]",
        className,
      )}
    >
      <span className="sr-only">{formatMoney(amount, currency)}</span>
      <span aria-hidden="true">
        {hideCurrency ? null : (
          <span
            className={classNames(
              "text-ink-3",
              isBig
                ? "mr-[0.5em] align-[0.06em] text-[0.34em] font-normal tracking-normal"
                : "mr-[0.28em] text-[0.86em]",
            )}
          >
            {currencyLabel(currency)}
          </span>
        )}
        {sign}
        {whole}
        {fraction === "" ? null : <span className={isBig ? "text-ink-3" : "amount-fraction"}>.{fraction}</span>}
      </span>
    </span>
  );
}
