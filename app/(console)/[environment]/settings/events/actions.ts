"use server";

import { redirect } from "next/navigation";
import { defineScopedAction } from "@/lib/actions/define-action";
import type { EventDeliveryId } from "@/lib/domain/ids";
import type { Problem } from "@/lib/domain/problem";
import type { Result } from "@/lib/domain/result";
import { addEndpoint } from "@/lib/events/add-endpoint";
import { changeEndpoint, endKeyOverlap, replaceEndpointKey, setEndpointActive } from "@/lib/events/change-endpoint";
import {
  DeliveryChoice,
  EndpointChange,
  EndpointChoice,
  EndpointInUse,
  NewEndpoint,
} from "@/lib/events/endpoint-input";
import { sendAgain, sendTestEvent } from "@/lib/events/send-now";

/** The key travels back to the form, this once. */
export const addEndpointAction = defineScopedAction(
  { permission: "events:write", input: NewEndpoint },
  (scope, input, { address }) => addEndpoint(scope, input, address),
);

export const changeEndpointAction = defineScopedAction(
  { permission: "events:write", input: EndpointChange },
  (scope, input, { address }) => changeEndpoint(scope, input, address),
);

export const setEndpointActiveAction = defineScopedAction(
  { permission: "events:write", input: EndpointInUse },
  (scope, input, { address }) => setEndpointActive(scope, input, address),
);

export const replaceEndpointKeyAction = defineScopedAction(
  { permission: "events:write", input: EndpointChoice },
  (scope, input, { address }) => replaceEndpointKey(scope, input, address),
);

export const endKeyOverlapAction = defineScopedAction(
  { permission: "events:write", input: EndpointChoice },
  (scope, input, { address }) => endKeyOverlap(scope, input, address),
);

/** The page of the delivery says what came back, so only problems come back to the form. */
export const sendTestEventAction = defineScopedAction(
  { permission: "events:write", input: EndpointChoice },
  async (scope, input, { address }): Promise<Result<EventDeliveryId, Problem>> => {
    const sent = await sendTestEvent(scope, input, address);
    if (!sent.ok) return sent;
    redirect(`/${scope.environment}/settings/events/deliveries/${sent.value}`);
  },
);

export const sendAgainAction = defineScopedAction(
  { permission: "events:write", input: DeliveryChoice },
  (scope, input, { address }) => sendAgain(scope, input, address),
);
