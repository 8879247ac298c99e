import { parseArgs } from "node:util";

/** How large a run is. The defaults keep each bench below about ten minutes on two cores. */
export type Options = {
  /** Which benches; none named means all. */
  names: string[];
  /** Rounds of every paired comparison. */
  rounds: number;
  /** The shortest slice of a comparison. */
  sliceSeconds: number;
  /** Connections of the load generator, one comparison each. */
  connections: number[];
  /** Notifications of each kind whose statements are counted. */
  count: number;
  /** Deliveries of each repeated notification. */
  deliveries: number;
  /** Payments in the largest list; it is compared with 10,000 of them. */
  rows: number;
  /** Timed requests for each list. */
  samples: number;
  /** Timed calls of each pair that must take the same time. */
  calls: number;
  /** Where the database lies; a folder named here stays afterwards, and with it the loaded lists. */
  dataDir: string | null;
};

export const usage = `npm run bench -- [ingest] [hints] [payments-list] [debugger] [timing] [options]

  --rounds N         rounds of every paired comparison (7)
  --seconds N        shortest slice of a comparison (3)
  --connections A,B  connections of the load generator (16,32,64)
  --count N          notifications of each kind to count statements of (10000)
  --deliveries N     deliveries of each repeated notification (100)
  --rows N           payments in the largest list (1000000)
  --samples N        timed requests for each list (5000)
  --calls N          timed calls of each pair that must take the same time (1000000)
  --data-dir DIR     keep the database there, with the lists that were loaded
  --quick            small numbers of everything, to try the harness and not the product
`;

/** @throws an error of one line for an option that cannot be used */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      seconds: { type: "string" },
      connections: { type: "string" },
      count: { type: "string" },
      deliveries: { type: "string" },
      rows: { type: "string" },
      samples: { type: "string" },
      calls: { type: "string" },
      "data-dir": { type: "string" },
      quick: { type: "boolean", default: false },
    },
  });
  const usual = values.quick ? quick : full;
  return {
    names: positionals,
    rounds: numberOf("rounds", values.rounds) ?? usual.rounds,
    sliceSeconds: numberOf("seconds", values.seconds) ?? usual.sliceSeconds,
    connections: values.connections?.split(",").map((text) => numberOf("connections", text) ?? 1) ?? usual.connections,
    count: numberOf("count", values.count) ?? usual.count,
    deliveries: numberOf("deliveries", values.deliveries) ?? usual.deliveries,
    rows: numberOf("rows", values.rows) ?? usual.rows,
    samples: numberOf("samples", values.samples) ?? usual.samples,
    calls: numberOf("calls", values.calls) ?? usual.calls,
    dataDir: values["data-dir"] ?? null,
  };
}

const full = {
  rounds: 7,
  sliceSeconds: 3,
  connections: [16, 32, 64],
  count: 10_000,
  deliveries: 100,
  rows: 1_000_000,
  samples: 5_000,
  calls: 1_000_000,
};

const quick: typeof full = {
  rounds: 2,
  sliceSeconds: 0.5,
  connections: [16],
  count: 210,
  deliveries: 7,
  rows: 100_000,
  samples: 200,
  calls: 50_000,
};

function numberOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`--${name} is ${JSON.stringify(text)}: it must be a number above 0`);
}
