import { expect, test } from "vitest";
import { runSlice } from "../testing/slice";
import { oddMessages } from "./odd-messages";

test("odd messages are kept to the byte, and every order is paid by the plain one after", {
  timeout: 600_000,
}, async () => {
  const { broken, figures } = await runSlice({ ...oddMessages, partSize: 250 }, { count: 250 });
  expect(broken).toEqual([]);
  expect(figures["kept and believed"]).toBeGreaterThan(150);
});
