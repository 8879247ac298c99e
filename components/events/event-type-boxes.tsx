import { Checkbox } from "@/components/ui/checkbox";
import { type FieldError, FieldNotes } from "@/components/ui/field";
import { EventType } from "@/lib/domain/events";
import { eventTypeWords } from "./event-words";

type Props = { chosen: readonly string[]; error: FieldError };

/** Which changes an endpoint hears of. All of them also means those that come with a later version. */
export function EventTypeBoxes({ chosen, error }: Props) {
  return (
    <fieldset className="grid min-w-0 gap-2" aria-describedby={error ? "eventTypes-error" : undefined}>
      <legend className="mb-2 text-12 font-medium text-ink-2">Hears of</legend>
      {/* A list with nothing ticked would otherwise not be in the form at all. */}
      <input type="hidden" name="eventTypes[]" value="" />
      {EventType.options.map((type) => (
        <Checkbox
          key={type}
          id={`eventTypes-${type}`}
          name="eventTypes[]"
          value={type}
          label={<span className="mono text-12">{type}</span>}
          help={eventTypeWords[type]}
          defaultChecked={chosen.includes(type)}
          aria-invalid={error ? true : undefined}
        />
      ))}
      <FieldNotes id="eventTypes" error={error} />
    </fieldset>
  );
}
