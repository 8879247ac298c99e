import { expect, test } from "vitest";
import { checkedAddresses, checkReceiverUrl, type HostAddress } from "./receiver-address";

test.each([
  ["https://shop.example/events", "production"],
  ["https://shop.example:8443/events?from=countersign", "production"],
  ["https://8.8.8.8/events", "production"],
  ["https://[2606:4700::1111]/", "production"],
  ["http://localhost:3000/events", "test"],
  ["http://127.0.0.1:3000/events", "test"],
  ["https://192.168.1.10/events", "test"],
] as const)("%s may receive events of %s", (url, environment) => {
  expect(checkReceiverUrl(url, environment)).toMatchObject({ ok: true });
});

// Every spelling of an address that leads inwards must be seen for what it is.
const inward = [
  "https://localhost/",
  "https://localhost./",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://0.0.0.0/",
  "https://10.0.0.1/",
  "https://172.16.0.1/",
  "https://192.168.1.10/",
  "https://100.64.0.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://224.0.0.1/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://[fec0::1]/",
];

test.each([
  ...inward,
  "http://shop.example/",
  "ftp://shop.example/",
  "gopher://shop.example/",
  "file:///etc/passwd",
  "https://user:word@shop.example/",
  "https://shop.example/#part",
  "https:/shop.example",
  "shop.example",
  "",
])("%s may not receive events of production", (url) => {
  expect(checkReceiverUrl(url, "production")).toMatchObject({ ok: false });
});

test.each(["https://169.254.169.254/", "https://[fe80::1]/", "https://0.0.0.0/", "http://192.168.1.10/"])(
  "%s may not receive events of test either",
  (url) => {
    expect(checkReceiverUrl(url, "test")).toMatchObject({ ok: false });
  },
);

const answers =
  (...addresses: string[]) =>
  async (): Promise<HostAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

test("a name is as good as every address it stands for", async () => {
  const shop = new URL("https://shop.example/events");
  expect(await checkedAddresses(shop, "production", answers("8.8.8.8", "2606:4700::1111"))).toHaveLength(2);
  expect(await checkedAddresses(shop, "production", answers("8.8.8.8", "10.0.0.1"))).toBeNull();
  expect(await checkedAddresses(shop, "production", answers("::ffff:127.0.0.1"))).toBeNull();
  expect(await checkedAddresses(shop, "production", answers())).toBeNull();
  expect(await checkedAddresses(shop, "test", answers("10.0.0.1"))).toHaveLength(1);
  expect(await checkedAddresses(shop, "test", answers("169.254.169.254"))).toBeNull();
});

test("a name for this machine that suddenly stands for another one is not sent to in the clear", async () => {
  const here = new URL("http://localhost:3000/events");
  expect(await checkedAddresses(here, "test", answers("127.0.0.1", "::1"))).toHaveLength(2);
  expect(await checkedAddresses(here, "test", answers("8.8.8.8"))).toBeNull();
});

test("an address that was stored by other means is checked again when it is sent to", async () => {
  for (const url of inward.filter((text) => !text.includes("localhost"))) {
    expect([url, await checkedAddresses(new URL(url), "production")]).toEqual([url, null]);
  }
});
