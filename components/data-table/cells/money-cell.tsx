import { Amount } from "@/components/money/amount";
import { type Tone, toneText } from "@/components/ui/tone";

type Props = {
  /** Minor units. Nothing is drawn for `null` and for zero: "none" is blank, never 0.00. */
  amount: number | null;
  currency: string;
  /** Money that went out. */
  isNegative?: boolean | undefined;
  hideCurrency?: boolean | undefined;
  tone?: Tone | undefined;
};

export function MoneyCell({ amount, currency, isNegative = false, hideCurrency, tone }: Props) {
  if (!amount) return null;
  return (
    <Amount
      amount={isNegative ? -amount : amount}
      currency={currency}
      hideCurrency={hideCurrency}
      className={tone ? toneText[tone] : "font-medium"}
    />
  );
}
