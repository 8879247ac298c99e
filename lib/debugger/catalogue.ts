import { compactBody, type Message } from "./message";
import { type Mistake, replacing } from "./mistake";
import { byteMistakes } from "./mistakes/bytes";
import { rejoinedValues } from "./mistakes/cut-values";
import { fieldMistakes } from "./mistakes/fields";
import { joiningMistakes } from "./mistakes/joining";
import { keyMistakes } from "./mistakes/key";
import { keyPlaceMistakes } from "./mistakes/key-places";
import { nameMistakes } from "./mistakes/names";
import { nestedMistakes } from "./mistakes/nested";
import { numberMistakes } from "./mistakes/numbers";
import { textMistakes } from "./mistakes/texts";

/** A secret, and others that may have been taken in its place, by a name for people. */
export type Secrets = { readonly secret: string; readonly others: Readonly<Record<string, string>> };

/**
 * Every mistake that this message allows, in the order of the steps: of two that are made at once, the earlier one
 * touches the data first.
 */
export function mistakesFor(message: Message, { secret, others }: Secrets): Mistake[] {
  const { fields, envelope } = message;
  const { members } = fields;
  const keyFacts = { secret, otherSecrets: others, mchNo: fields.textOf("mchNo"), appId: fields.textOf("appId") };
  return [
    ...(envelope === null ? [] : [wholeAnswer(envelope.members)]),
    ...fieldMistakes(members),
    ...rejoinedValues(members),
    ...numberMistakes(members),
    ...nestedMistakes(members),
    ...textMistakes,
    ...nameMistakes(members),
    ...joiningMistakes(compactBody(message)),
    ...keyMistakes(keyFacts),
    ...keyPlaceMistakes,
    ...byteMistakes,
  ];
}

function wholeAnswer(members: Message["fields"]["members"]): Mistake {
  return replacing(
    { pick: () => members },
    {
      ...{ label: "answer_envelope_signed", likelihood: 1, entry: "SIG-24" },
      what: "The whole answer was taken, with code and msg; the gateway signs only what stands in data.",
      fix: "Compute the signature over the fields of data alone.",
    },
  );
}
