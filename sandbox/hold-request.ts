import { err, ok, type Result } from "@/lib/domain/result";
import { readFields, UnreadableFields, WireFields } from "@/lib/gateway/fields";
import type { ReceivedRequest } from "@/lib/gateway/typed-reading";
import { type Answer, unreadable } from "./answers";
import type { ReadRequest } from "./gateway-request";
import type { State } from "./state";

const envelope = ["mchNo", "appId", "reqTime", "version", "signType", "sign"];

/** Like the other operations, with the names that were set for it: a field of another name is dropped before signing. */
export function readHoldRequest(state: State, { body }: ReceivedRequest): Result<ReadRequest, Answer> {
  const { holds } = state.knobs;
  const known = [...envelope, holds?.orderField, holds?.amountField, holds?.numberField];
  try {
    const members = readFields(body).members.filter(({ name }) => known.includes(name));
    const fields = new WireFields(members);
    return ok({ text: (name) => fields.textOf(name) || null, signedFields: fields });
  } catch (cause) {
    if (cause instanceof UnreadableFields) return err(unreadable());
    throw cause;
  }
}
