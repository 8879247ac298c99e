import type { Random } from "../core/random";

/** How bad a simulated day is. Waiting times in milliseconds of virtual time, the rest are probabilities. */
export type Weather = {
  /** This process's clock against the database's. */
  skewMs: number;
  /** The gateway has no refund query, as gateway-protocol 3.7 allows. */
  hasRefundQuery: boolean;
  /** How long a refund is held before it is sent. */
  holdSeconds: number;
  workers: number;
  requestFault: number;
  messageLoss: number;
  messageCopy: number;
  forgery: number;
  death: number;
  stall: number;
  refundLater: number;
};

export function weatherOf(random: Random): Weather {
  const isRough = random.chance(0.5);
  return {
    skewMs: random.chance(0.6) ? 0 : random.pick([-15, 15]) * 60_000,
    hasRefundQuery: !random.chance(0.1),
    holdSeconds: random.pick([0, 10]),
    workers: 1 + random.below(3),
    requestFault: isRough ? 0.35 : 0.12,
    messageLoss: isRough ? 0.5 : 0.1,
    messageCopy: 0.15,
    forgery: 0.05,
    death: isRough ? 0.06 : 0.02,
    stall: isRough ? 0.002 : 0.0005,
    refundLater: random.pick([0, 0.3, 0.8]),
  };
}

export const calm: Omit<Weather, "skewMs" | "hasRefundQuery" | "holdSeconds" | "workers" | "refundLater"> = {
  requestFault: 0,
  messageLoss: 0,
  messageCopy: 0,
  forgery: 0,
  death: 0,
  stall: 0,
};

/** What becomes of one request. `late` reaches the gateway after nobody waits for its answer any more. */
export type RequestFate =
  | { kind: "arrives" }
  | { kind: "unreachable" | "lost" | "answer-lost" | "reset-before" | "reset-after" }
  | { kind: "late"; afterMs: number }
  | { kind: "spoiled"; isExecuted: boolean; spoil: (answer: string) => { status: number; text: string } };

export function fateOf(random: Random, weather: Weather): RequestFate {
  if (!random.chance(weather.requestFault)) return { kind: "arrives" };
  const kind = random.pick(kinds);
  if (kind === "late") return { kind, afterMs: 16_000 + random.below(random.chance(0.2) ? 90_000 : 40_000) };
  if (kind === "spoiled") return { kind, isExecuted: random.chance(0.5), spoil: random.pick(spoils) };
  return { kind };
}

const kinds = [
  ...(["unreachable", "lost", "answer-lost", "answer-lost", "reset-before", "reset-after", "late"] as const),
  ...(["spoiled", "spoiled", "spoiled"] as const),
];

const spoils: readonly ((answer: string) => { status: number; text: string })[] = [
  () => ({ status: 502, text: "bad gateway" }),
  () => ({ status: 504, text: "" }),
  () => ({ status: 302, text: "" }),
  () => ({ status: 200, text: "" }),
  () => ({ status: 200, text: "<!doctype html><title>Maintenance</title>" }),
  (answer) => ({ status: 200, text: answer.slice(0, Math.floor(answer.length / 2)) }),
  (answer) => ({
    status: 200,
    text: answer.replace(/"sign":"(.)/, (_, first) => `"sign":"${first === "0" ? "1" : "0"}`),
  }),
  (answer) => ({ status: 200, text: answer.replace(/,"sign":"[^"]*"/, "") }),
  () => ({ status: 200, text: '{"code":0,"msg":"SUCCESS"}' }),
  () => ({ status: 200, text: '{"code":9999,"msg":"系统异常"}' }),
  () => ({ status: 200, text: '{"code":10,"msg":"数据库服务异常"}' }),
  (answer) => ({ status: 200, text: answer.replace('"data":{', '"data":{"state":2,') }),
];
