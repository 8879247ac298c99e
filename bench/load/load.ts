import { fork } from "node:child_process";
import type { Ends } from "../server/ends";
import type { Sender, Shape } from "./messages";

/** What a load generator is told to do. It makes all of it before it says that it is ready. */
export type Job = {
  /** Of the server, or of the database. */
  target: string;
  sender: Sender;
  credentialId: string;
  merchantId: string;
  /** The first message, and how many different ones there are. */
  first: number;
  distinct: number;
  /** How often each one is sent, all of them once before any of them again. */
  times: number;
  shape: Shape;
  connections: number;
};

type LoadResult = {
  requests: number;
  seconds: number;
  /** How often each answer came, by its body. */
  answers: Record<string, number>;
};

type FromLoad = { said: "ready" } | { said: "done"; result: LoadResult } | { said: "failed"; reason: string };

export type Load = {
  /** Sends all of it and waits for the last answer. `clock` is read at the first moment and at the last. */
  run: <Reading>(job: Job, clock: () => Reading) => Promise<LoadResult & { before: Reading; after: Reading }>;
};

/** A load generator is a process of its own, so that its work is not taken for the server's. */
export function startLoad(
  program: "bench/load/http-load.ts" | "bench/ref-sql/main.ts",
  ends: Ends,
  flags: string[] = [],
): Load {
  const child = fork(program, flags, { execArgv: ["--import", "tsx"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  ends.push(async () => child.kill());
  let hear: (message: FromLoad) => void = () => {};
  child.on("message", (message) => hear(message as FromLoad));
  child.once("exit", () => hear({ said: "failed", reason: "it has ended" }));
  const next = () =>
    new Promise<FromLoad>((resolve, reject) => {
      hear = (message) =>
        message.said === "failed" ? reject(new Error(`${program}: ${message.reason}`)) : resolve(message);
    });
  return {
    async run(job, clock) {
      const ready = next();
      child.send({ job });
      await ready;
      const done = next();
      const before = clock();
      child.send("go");
      const message = await done;
      const after = clock();
      if (message.said !== "done") throw new Error(`${program} said ${message.said} instead of done`);
      return { ...message.result, before, after };
    },
  };
}

/** The other side of `startLoad`. `prepare` returns the work of one message, by its place. */
export function serveLoad(prepare: (job: Job) => Promise<(index: number) => Promise<string>>): void {
  let going: () => void = () => {};
  const say = (message: FromLoad) => process.send?.(message);
  process.on("message", (message: { job: Job } | "go") => {
    if (message === "go") return going();
    const began = new Promise<void>((resolve) => {
      going = resolve;
    });
    perform(message.job, prepare, began, say).catch((error: unknown) =>
      say({ said: "failed", reason: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit());
}

async function perform(
  job: Job,
  prepare: (job: Job) => Promise<(index: number) => Promise<string>>,
  began: Promise<void>,
  say: (message: FromLoad) => void,
): Promise<void> {
  const send = await prepare(job);
  say({ said: "ready" });
  await began;
  const requests = job.distinct * job.times;
  const answers: Record<string, number> = {};
  let sent = 0;
  const start = performance.now();
  const connection = async () => {
    while (sent < requests) {
      const place = sent;
      sent += 1;
      const answer = await send(place % job.distinct);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: job.connections }, connection));
  say({ said: "done", result: { requests, seconds: (performance.now() - start) / 1_000, answers } });
}
