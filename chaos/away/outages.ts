import type { OwnServer } from "../processes/own-server";
import type { Shop } from "../shop/shop";

/** A way in which the database is not there, and the way back. */
export type Outage = {
  name: string;
  seconds: number;
  /** Resolves when it is away. */
  begin(): Promise<void>;
  /** Resolves when it is there again. */
  end(): Promise<void>;
};

export function outagesOf({ sql }: Shop, server: OwnServer): Outage[] {
  let release = () => {};
  let held: Promise<unknown> = Promise.resolve();
  const readOnly = async (value: "on" | "off") => {
    await sql.unsafe(`alter system set default_transaction_read_only = ${value}`);
    await sql`select pg_reload_conf()`;
    // The server tells its processes, and each of them looks at its next statement.
    await pause(500);
  };
  return [
    { name: "stopped", seconds: 8, begin: () => server.stop(), end: () => server.start() },
    { name: "killed", seconds: 8, begin: () => server.kill(), end: () => server.start() },
    { name: "read-only", seconds: 8, begin: () => readOnly("on"), end: () => readOnly("off") },
    {
      name: "every connection busy",
      seconds: 8,
      begin: async () => server.freeze(),
      end: async () => server.thaw(),
    },
    {
      name: "a lock",
      seconds: 30,
      begin: () =>
        new Promise((isHeld, failed) => {
          held = sql
            .begin(async (transaction) => {
              await transaction`lock table notifications in access exclusive mode`;
              isHeld();
              await new Promise<void>((resolve) => {
                release = resolve;
              });
            })
            .catch(failed);
        }),
      async end() {
        release();
        await held;
      },
    },
  ];
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
