import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeClock } from "@/sandbox/control-knobs";
import { putMerchant } from "@/sandbox/control-merchants";
import { addFault } from "@/sandbox/faults";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { ways } from "@/sandbox/ways";
import { type Book, emptyBook } from "../gateway/book";
import { advance } from "./database-clock";
import { openShop, type Shop } from "./shop";
import { clearShop } from "./stock";

/** A shop whose gateway is the sandbox, over real HTTP, with both clocks in the harness's hand. */
export type SandboxedShop = Shop & {
  sandbox: RunningSandbox;
  /** Lets time pass for database and gateway alike. */
  passTime(milliseconds: number): Promise<void>;
  /** Both sides forget all business; merchant and credential stay. */
  forgetOrders(): Promise<void>;
  /** What the gateway knows, as the oracle reads it. */
  book(): Book;
};

/** @param through  the address the console shall call instead of the sandbox's own */
export async function openSandboxedShop(
  serverUrl: string,
  { through, publicUrl, isSilent }: { through?: (sandboxUrl: string) => string; publicUrl?: string; isSilent: boolean },
): Promise<SandboxedShop> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-chaos-"));
  const sandbox = await startSandbox({ port: 0, folder });
  const { state } = sandbox.gateway;
  const app = { name: "Chaos", wayCodes: Object.keys(ways), isEnabled: true };
  const merchant = putMerchant(state, { environment: "test", name: "Chaos", isEnabled: true, apps: [app] });
  const [made] = merchant.apps;
  if (!made) throw new Error("A new merchant has an application.");
  if (isSilent) addFault(state, { kind: "silent" });
  const sender = {
    mchNo: merchant.mchNo,
    appId: made.appId,
    secret: made.secret,
    baseUrl: through ? through(sandbox.url) : sandbox.url,
  };
  const shop = await openShop(serverUrl, publicUrl === undefined ? { sender } : { sender, publicUrl });
  return {
    ...shop,
    sandbox,
    passTime: async (milliseconds) => {
      await advance(shop.sql, milliseconds);
      changeClock(sandbox.gateway, { advanceMs: milliseconds });
    },
    forgetOrders: async () => {
      await clearShop(shop.sql);
      const { offsetMs } = state.knobs;
      await state.clear({ merchants: false });
      changeClock(sandbox.gateway, { offsetMs });
      if (isSilent) addFault(state, { kind: "silent" });
    },
    book: () => bookOf(sandbox),
    close: async () => {
      await shop.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bookOf({ gateway }: RunningSandbox): Book {
  const book = emptyBook();
  for (const order of gateway.state.orders.values()) book.orders.set(order.mchOrderNo, order);
  for (const refund of gateway.state.refunds.values()) book.refunds.set(refund.mchRefundNo, refund);
  return book;
}
