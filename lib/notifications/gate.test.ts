import { afterEach, expect, test, vi } from "vitest";
import { openGate } from "./gate";

afterEach(() => vi.useRealTimers());

/** Work that ends when it is told to. */
function task<T>(value: T) {
  let end: () => void = () => {};
  const done = new Promise<T>((resolve) => {
    end = () => resolve(value);
  });
  const state = { begun: 0 };
  const work = () => {
    state.begun += 1;
    return done;
  };
  return { state, end: () => end(), work };
}

test("no more than a few work at once, the rest wait in order, and what is more than that hears so at once", async () => {
  const gate = openGate({ atOnce: 1, mostWaiting: 2, waitingMs: 60_000, patienceMs: 60_000 });
  const [first, second, third] = [task(1), task(2), task(3)];
  expect(gate.isFree()).toBe(true);
  const passing = [gate.pass(first.work), gate.pass(second.work), gate.pass(third.work)];
  expect([gate.isFree(), gate.isFull()]).toEqual([false, true]);
  expect(await gate.pass(task(4).work)).toBe("busy");
  expect([first.state.begun, second.state.begun, third.state.begun]).toEqual([1, 0, 0]);
  first.end();
  expect(await passing[0]).toBe(1);
  expect([second.state.begun, third.state.begun]).toEqual([1, 0]);
  expect(gate.isFull()).toBe(false);
  second.end();
  third.end();
  expect(await Promise.all(passing)).toEqual([1, 2, 3]);
});

test("who waited too long is not begun, and who works too long is not waited for", async () => {
  vi.useFakeTimers();
  const gate = openGate({ atOnce: 1, mostWaiting: 1, waitingMs: 500, patienceMs: 2_000 });
  const [slow, behind, after] = [task("slow"), task("behind"), task("after")];
  const passing = [gate.pass(slow.work), gate.pass(behind.work)];
  await vi.advanceTimersByTimeAsync(500);
  expect(await passing[1]).toBe("late");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(await passing[0]).toBe("late");
  expect(behind.state.begun).toBe(0);
  const next = gate.pass(after.work);
  expect(after.state.begun).toBe(0);
  slow.end();
  after.end();
  expect(await next).toBe("after");
});

test("who waited a little is begun, and hears of its end within the same time as everybody", async () => {
  const gate = openGate({ atOnce: 1, mostWaiting: 2, waitingMs: 500, patienceMs: 2_000 });
  vi.useFakeTimers();
  const [first, second, third] = [task(1), task(2), task(3)];
  const passing = [gate.pass(first.work), gate.pass(second.work)];
  await vi.advanceTimersByTimeAsync(400);
  first.end();
  expect(await passing[0]).toBe(1);
  await vi.advanceTimersByTimeAsync(1_500);
  const last = gate.pass(third.work);
  second.end();
  expect(await passing[1]).toBe(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await last).toBe("late");
});

test("work that fails gives its place free and fails for whoever asked", async () => {
  const gate = openGate({ atOnce: 1, mostWaiting: 0, waitingMs: 60_000, patienceMs: 60_000 });
  await expect(gate.pass(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await gate.pass(async () => "fine")).toBe("fine");
});
