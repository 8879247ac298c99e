import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { afterEach, expect, test } from "vitest";

let child: ChildProcess | null = null;
afterEach(() => child?.kill("SIGKILL"));

async function startServer(): Promise<number> {
  child = fork("web/testing/slow-server.ts", {
    execArgv: ["--import", "tsx"],
    stdio: ["pipe", "inherit", "inherit", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return port;
}

type Answer = { body: string; isLast: boolean };

type Wish = { path?: string; onSent?: () => void };

function ask(port: number, agent: http.Agent, { path = "/", onSent = () => {} }: Wish = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, path, host: "127.0.0.1", method: "POST", agent }, (response) => {
      let body = "";
      response.on("data", (piece: Buffer) => {
        body += piece.toString();
      });
      response.on("end", () => resolve({ body, isLast: response.headers.connection === "close" }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.on("finish", onSent);
    request.end("a=1");
  });
}

test("a stop in the middle of many requests resets none: each is answered, the last of its connection says so", async () => {
  const port = await startServer();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 24 });
  const stopped = once(child as ChildProcess, "exit");
  const counted = new Promise<{ taken: number; finished: number }>((resolve) => {
    child?.on("message", (message) => resolve(message as { taken: number; finished: number }));
  });
  const answers: Answer[] = [];
  /** As long as its connection lasts: who is told that it was the last request asks another process. */
  const connection = async () => {
    for (;;) {
      const answer = await ask(port, agent);
      answers.push(answer);
      if (answers.length === 200) child?.kill("SIGTERM");
      if (answer.isLast) return;
    }
  };
  // A request that comes too late for the server to take it is none of its promises.
  await Promise.allSettled(Array.from({ length: 24 }, connection));
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(["success"]));
  expect(answers.length).toBeGreaterThanOrEqual(200);
  expect(await counted).toEqual({ taken: answers.length, finished: 1 });
  expect(await stopped).toEqual([0, null]);
  agent.destroy();
});

test("a stream that never ends by itself does not keep the process, and ends properly", async () => {
  const port = await startServer();
  const stopped = once(child as ChildProcess, "exit");
  const stream = await fetch(`http://127.0.0.1:${port}/stream`);
  child?.kill("SIGTERM");
  expect(await stream.text()).toBe("data: one\n\n");
  expect(await stopped).toEqual([0, null]);
});

test("nobody new is let in once a stop has begun", async () => {
  const port = await startServer();
  const open = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await ask(port, open);
  const stopped = once(child as ChildProcess, "exit");
  const stream = await fetch(`http://127.0.0.1:${port}/stream`);
  child?.kill("SIGTERM");
  await stream.text();
  await expect(ask(port, new http.Agent())).rejects.toThrow();
  await stopped;
  open.destroy();
});

const oneConnection = () => new http.Agent({ keepAlive: true, maxSockets: 1 });
const isStill = () => once(child as ChildProcess, "message");
const goOn = () => void child?.stdin?.write("!");

test("what came in on an open connection while the process was busy is answered before the connection is closed", async () => {
  const port = await startServer();
  const [quiet, busy] = [oneConnection(), oneConnection()];
  await ask(port, quiet);
  await ask(port, busy, { path: "/busy-later" });
  const stopped = once(child as ChildProcess, "exit");
  const still = isStill();
  child?.kill("SIGTERM");
  await still;
  expect(await ask(port, quiet, { onSent: goOn })).toEqual({ body: "success", isLast: true });
  expect(await stopped).toEqual([0, null]);
});

test("all who had been let in by the operating system when the stop came are answered", async () => {
  const port = await startServer();
  const [first, second] = [oneConnection(), oneConnection()];
  await ask(port, second);
  const stopped = once(child as ChildProcess, "exit");
  let still = isStill();
  const answers = [ask(port, first, { path: "/busy" })];
  await still;
  // Both wait for it: what keeps it busy again, and the wish to stop, which it hears after that.
  child?.kill("SIGTERM");
  still = isStill();
  answers.push(ask(port, second, { path: "/busy", onSent: goOn }));
  await still;
  const newcomers = 8;
  let sent = 0;
  const onSent = () => {
    sent += 1;
    if (sent === newcomers) goOn();
  };
  for (let place = 0; place < newcomers; place += 1) answers.push(ask(port, oneConnection(), { onSent }));
  expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(Array(2 + newcomers).fill("success"));
  expect(await stopped).toEqual([0, null]);
});
