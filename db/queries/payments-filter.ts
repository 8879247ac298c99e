import { z } from "zod";
import type { CredentialId } from "@/lib/domain/ids";
import {
  type AddressParams,
  type DayRange,
  type ListWindow,
  NumberText,
  readCredentialId,
  readDayRange,
  readListWindow,
  readParam,
  readSumRange,
  readWords,
  type SumRange,
  WayCodeText,
} from "@/lib/domain/list-address";
import { PaymentState } from "@/lib/domain/payment-state";

/** What a list of payments can be asked for: our states, and one that two columns make together. */
export const ListedState = z.enum([...PaymentState.options, "part-refunded"]);
export type ListedState = z.infer<typeof ListedState>;

export type PaymentSort = "createdAt" | "amount";

/** Which payments a list has, in what order and from where on, as its address says it. */
export type PaymentFilter = DayRange &
  SumRange & {
    readonly states: ListedState[];
    /** Only those that a person should look at. */
    readonly needsLook: boolean;
    readonly wayCode: string | null;
    readonly credentialId: CredentialId | null;
    /** The beginning of any of a payment's numbers. */
    readonly number: string | null;
    readonly window: ListWindow<PaymentSort>;
  };

export function readPaymentFilter(params: AddressParams): PaymentFilter {
  return {
    ...readDayRange(params),
    ...readSumRange(params),
    states: readWords(params, "state", ListedState.options),
    needsLook: readParam(params, "look", z.literal("1")) !== null,
    wayCode: readParam(params, "way", WayCodeText),
    credentialId: readCredentialId(params),
    number: readParam(params, "number", NumberText),
    window: readListWindow(params, ["createdAt", "amount"]),
  };
}

/** Whether anything but order and page is asked for: then an empty list means "nothing matches", not "nothing here". */
export function isFiltered({ window: _window, states, needsLook, ...single }: PaymentFilter): boolean {
  return states.length > 0 || needsLook || Object.values(single).some((value) => value !== null);
}
