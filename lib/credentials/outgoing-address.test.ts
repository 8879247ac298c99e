import { expect, test } from "vitest";
import { outgoingAddress } from "./outgoing-address";

test("the address that calls leave from is the one of the way to the gateway", async () => {
  expect(await outgoingAddress("http://127.0.0.1:4000")).toBe("127.0.0.1");
});

test("a gateway whose name leads nowhere gives no address", async () => {
  expect(await outgoingAddress("https://gateway.invalid")).toBeNull();
});
