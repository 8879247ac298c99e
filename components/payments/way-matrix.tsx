"use client";

import { FieldNotes } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import { commonWayCodes, findWay, manners, type Way, wallets, ways } from "@/lib/domain/way-codes";

type Props = {
  /** The chosen code, from the list or typed. */
  wayCode: string;
  /** Whether a credential of this environment carries a code. */
  isCarried: (code: string) => boolean;
  onChoose: (code: string) => void;
  /** What was typed as a code of one's own. */
  typed: string;
  onType: (code: string) => void;
  error: string[] | undefined;
};

const columns = manners.filter(({ manner }) => manner !== "app");
const rows = wallets.filter((wallet) => commonWayCodes.some((code) => findWay(code)?.wallet === wallet));
const others = ways.filter(({ code }) => !commonWayCodes.includes(code));

/** Wallets down, manners across, one radio button per way. What no credential carries says so and cannot be chosen. */
export function WayMatrix({ wayCode, isCarried, onChoose, typed, onType, error }: Props) {
  const tile = (way: Way) => (
    <WayTile
      // The tiles begin anew when a typed code takes over, because nothing else unchecks a radio button.
      key={`${way.code} ${typed === ""}`}
      way={way}
      isChosen={typed === "" && way.code === wayCode}
      isCarried={isCarried(way.code)}
      onChoose={onChoose}
      isBad={error !== undefined}
    />
  );
  const isOther = typed !== "" || others.some(({ code }) => code === wayCode);
  return (
    <fieldset className="min-w-0" aria-describedby={error ? "wayCode-error" : undefined}>
      <legend className="mb-1.5 text-12 font-medium text-ink-2">How the payer pays</legend>
      <div className="grid gap-1.5 desk:grid-cols-[110px_repeat(4,minmax(0,1fr))]">
        <span className="max-desk:hidden" />
        {columns.map(({ manner, label }) => (
          <span key={manner} aria-hidden="true" className="self-end pb-0.5 text-12 text-ink-3 max-desk:hidden">
            {label}
          </span>
        ))}
        {rows.map((wallet) => (
          <div key={wallet} className="contents max-desk:grid max-desk:grid-cols-2 max-desk:gap-1.5">
            <span className="self-center text-13 font-medium max-desk:col-span-2 max-desk:mt-1">{wallet}</span>
            {columns.map(({ manner }) => {
              const way = commonWay(wallet, manner);
              return way ? (
                tile(way)
              ) : (
                <span key={manner} aria-hidden="true" className="self-center pl-2.5 text-ink-3 max-desk:hidden">
                  –
                </span>
              );
            })}
          </div>
        ))}
      </div>
      <FieldNotes id="wayCode" error={error} />
      <details className="mt-2" open={isOther || undefined}>
        <summary className="w-fit py-1 text-13 text-ink-2">Other ways, or a way code of your own</summary>
        <div className="mt-1.5 grid grid-cols-2 gap-1.5 desk:grid-cols-4">{others.map(tile)}</div>
        <div className="mt-3 desk:max-w-72">
          <TextField
            name="otherWayCode"
            label="Way code"
            mono
            optional
            value={typed}
            onChange={(event) => onType(event.target.value.trim())}
            maxLength={30}
            autoComplete="off"
            help="Your gateway’s own code, exactly as it writes it. It wins over the choice above."
          />
        </div>
      </details>
    </fieldset>
  );
}

function commonWay(wallet: string, manner: string): Way | undefined {
  return ways.find((way) => way.wallet === wallet && way.manner === manner && commonWayCodes.includes(way.code));
}

type TileProps = {
  way: Way;
  isChosen: boolean;
  isCarried: boolean;
  isBad: boolean;
  onChoose: (code: string) => void;
};

function WayTile({ way, isChosen, isCarried, isBad, onChoose }: TileProps) {
  return (
    <label className="tile">
      <input
        type="radio"
        name="wayCode"
        value={way.code}
        defaultChecked={isChosen}
        disabled={!isCarried}
        aria-invalid={isBad || undefined}
        aria-label={`${way.code}, ${way.wallet}, ${way.hint}`}
        onChange={() => onChoose(way.code)}
        className="sr-only"
      />
      <span className="tile-title mono block text-12 font-medium">{way.code}</span>
      <span className="text-11 text-ink-2">{isCarried ? way.hint : "no credential"}</span>
    </label>
  );
}
