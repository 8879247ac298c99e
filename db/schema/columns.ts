import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** An instant. Millisecond precision, because a `Date` has no microseconds and a finer column loses rows as a cursor. */
export const instant = (name: string) => timestamp(name, { precision: 3, withTimezone: true, mode: "date" });

/** Minor units of the currency beside it. */
export const money = (name: string) => bigint(name, { mode: "number" });

/** A number of ours or the gateway's: compared byte by byte, which makes prefix search an index search. */
export const number = (name: string) => textC(name);

const textC = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });

/** Bytes exactly as they came. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Every row of business data begins with its merchant, so a row of one environment cannot point into the other's. */
export const merchantId = () => uuid("merchant_id").notNull();
