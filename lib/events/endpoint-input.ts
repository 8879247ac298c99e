import { z } from "zod";
import { EventType } from "@/lib/domain/events";
import { EventDeliveryId, EventEndpointId, MerchantId } from "@/lib/domain/ids";

const EndpointLabel = z.string().trim().min(1, "Give it a name people recognise.").max(60, "At most 60 characters.");

/** The types that were ticked. All of them stand for every type, also those that come later, and are stored as none. */
const EventTypes = z
  .array(EventType)
  .min(1, "Tick at least one.")
  .transform((types) => (new Set(types).size === EventType.options.length ? [] : [...new Set(types)]));

/** What a person gives to add an endpoint. Whether its address may be sent to depends on the environment. */
export const NewEndpoint = z.object({
  merchantId: MerchantId,
  label: EndpointLabel,
  url: z.string().trim().min(1, "Such as https://shop.example/events.").max(500, "At most 500 characters."),
  eventTypes: EventTypes,
});
export type NewEndpoint = z.output<typeof NewEndpoint>;

/** What may be changed later. Another address would be another endpoint, with a key of its own. */
export const EndpointChange = z.object({
  endpointId: EventEndpointId,
  label: EndpointLabel,
  eventTypes: EventTypes,
});
export type EndpointChange = z.output<typeof EndpointChange>;

export const EndpointChoice = z.object({ endpointId: EventEndpointId });
export const EndpointInUse = z.object({ endpointId: EventEndpointId, isActive: z.stringbool() });
export const DeliveryChoice = z.object({ deliveryId: EventDeliveryId });
