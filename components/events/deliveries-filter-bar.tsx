import type { ListAddress } from "@/components/data-table/address";
import { daysChip, valueChip } from "@/components/data-table/chips";
import { FilterBar, type FilterChip } from "@/components/data-table/filter-bar";
import { AnySelect, DaysFields } from "@/components/data-table/filter-fields";
import type { DeliveryFilter } from "@/db/queries/event-deliveries";
import { DeliveryState, EventType, testEventType } from "@/lib/domain/events";
import { deliveryWords } from "./event-words";

type Props = { address: ListAddress; filter: DeliveryFilter; endpoints: readonly { id: string; label: string }[] };

/** What the list of deliveries is narrowed to, and the fields that change it. */
export function DeliveriesFilterBar({ address, filter, endpoints }: Props) {
  const label = endpoints.find(({ id }) => id === filter.endpointId)?.label ?? "unknown";
  const chips = [
    ...valueChip(address, { name: "state", value: filter.state && deliveryWords[filter.state].word }),
    ...valueChip(address, { name: "type", value: filter.type }),
    ...valueChip(address, { name: "endpoint", value: filter.endpointId && label }),
    ...withoutField(valueChip(address, { name: "payment", value: filter.paymentId && "this one" })),
    ...withoutField(valueChip(address, { name: "refund", value: filter.refundId && "this one" })),
    ...daysChip(address, "time", filter),
  ];
  const keep = [
    ...(filter.paymentId ? [{ name: "payment", value: filter.paymentId }] : []),
    ...(filter.refundId ? [{ name: "refund", value: filter.refundId }] : []),
  ];
  return (
    <FilterBar path={address.path} noun="deliveries" chips={chips} keep={keep}>
      <AnySelect
        name="state"
        label="State"
        value={filter.state}
        options={DeliveryState.options.map((state) => ({ value: state, label: deliveryWords[state].word }))}
      />
      <AnySelect
        name="type"
        label="Type"
        value={filter.type}
        options={[...EventType.options, testEventType].map((type) => ({ value: type, label: type }))}
      />
      <AnySelect
        name="endpoint"
        label="Endpoint"
        value={filter.endpointId}
        options={endpoints.map(({ id, label: name }) => ({ value: id, label: name }))}
      />
      <DaysFields legend="Time" filter={filter} />
    </FilterBar>
  );
}

/** The page of a payment or refund leads here; nobody types its id. */
function withoutField(chips: readonly FilterChip[]): FilterChip[] {
  return chips.map((chip) => ({ ...chip, fieldId: undefined }));
}
