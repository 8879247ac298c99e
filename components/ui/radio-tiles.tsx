import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { errorsOf, type FieldError, FieldNotes } from "./field";

type RadioTile = { value: string; title: ReactNode; note?: ReactNode; disabled?: boolean | undefined };

type Props = {
  legend: ReactNode;
  name: string;
  tiles: readonly RadioTile[];
  columns?: 1 | 2 | 3 | 4;
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  help?: ReactNode;
  error?: FieldError;
  /** Keeps the legend for ears only, where a table or heading already says it. */
  hideLegend?: boolean | undefined;
};

const gridColumns = { 1: "", 2: "grid-cols-2", 3: "grid-cols-2 desk:grid-cols-3", 4: "grid-cols-2 desk:grid-cols-4" };

/** A choice of one, as tiles. Real radio buttons: arrow keys, forms and a page without JavaScript work as usual. */
export function RadioTiles({ legend, name, tiles, columns = 2, help, error, hideLegend, ...choice }: Props) {
  const isBad = errorsOf(error).length > 0;
  const describedBy = [isBad ? `${name}-error` : null, help ? `${name}-help` : null].filter(Boolean).join(" ");
  return (
    <fieldset className="grid min-w-0 gap-1.5" aria-describedby={describedBy || undefined}>
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-12 font-medium text-ink-2"}>{legend}</legend>
      <div className={classNames("grid gap-1.5", gridColumns[columns])}>
        {tiles.map((tile) => (
          <label key={tile.value} className="tile">
            <input
              type="radio"
              name={name}
              value={tile.value}
              disabled={tile.disabled}
              aria-invalid={isBad || undefined}
              className="sr-only"
              {...choiceProps(tile.value, choice)}
            />
            <span className="tile-title block font-medium">{tile.title}</span>
            {tile.note ? <span className="text-11 text-ink-2">{tile.note}</span> : null}
          </label>
        ))}
      </div>
      <FieldNotes id={name} help={help} error={error} />
    </fieldset>
  );
}

type Choice = Pick<Props, "value" | "defaultValue" | "onChange">;

// Without a listener React must not hold the choice, or it could not be changed.
function choiceProps(tile: string, { value, defaultValue, onChange }: Choice) {
  if (!onChange) return { defaultChecked: tile === (value ?? defaultValue) };
  return { onChange: () => onChange(tile), ...(value === undefined ? {} : { checked: tile === value }) };
}
