import { receiveNotification } from "@/lib/notifications/receive-notification";
import type { Message } from "../gateway/book";
import { signedForm } from "../gateway/pretend-gateway";
import type { World } from "./world";

/** The way of the gateway's messages to the console: lost, copied, late, overtaken, forged, and tried six times. */
export type Post = {
  send(message: Message): void;
  /** Bodies that were answered `success`. */
  acknowledged: string[];
  /** Numbers of orders and refunds of which at least one message was. */
  heard: Set<string>;
};

// Source: gateway-protocol 6.6.
const laddersMs = [30_000, 60_000, 90_000, 120_000, 150_000];
const patienceMs = 20_000;

export function hearMessages(world: () => World): Post {
  const post: Post = {
    acknowledged: [],
    heard: new Set(),
    send(message) {
      const { random, weather } = world();
      attempt(world(), post, message, 0);
      if (random.chance(weather.forgery)) forge(world(), message);
    },
  };
  return post;
}

function attempt(world: World, post: Post, message: Message, tries: number): void {
  const { schedule, random, weather } = world;
  let isDelivered = false;
  const copies = random.chance(weather.messageCopy) ? 2 : 1;
  for (let copy = 0; copy < copies; copy += 1) {
    if (random.chance(weather.messageLoss)) {
      world.count("messages: lost");
      continue;
    }
    const at = schedule.now() + random.below(random.chance(0.1) ? 90_000 : 800);
    deliver(world, message, at, (isHeard) => {
      if (!isHeard) return;
      post.acknowledged.push(message.body);
      post.heard.add(message.number);
      // The answer may be lost on its way back.
      if (!random.chance(weather.messageLoss / 3)) isDelivered = true;
    });
  }
  const nextMs = laddersMs[tries];
  if (nextMs === undefined) return;
  schedule.spawn({ name: "gateway", at: schedule.now() + Math.max(nextMs, patienceMs) }, async () => {
    if (!isDelivered) attempt(world, post, message, tries + 1);
  });
}

function deliver(world: World, message: Message, at: number, answered: (isHeard: boolean) => void): void {
  const { schedule, random, weather, shop } = world;
  world.count("messages");
  const diesAt = random.chance(weather.death) ? 1 + random.below(3) : null;
  if (diesAt !== null) world.count("deaths");
  schedule.spawn({ name: `inbox ${message.kind}`, at, diesAt }, async () => {
    const reply = await receiveNotification({
      credentialId: shop.credentialId,
      kind: message.kind,
      query: "",
      contentType: "application/x-www-form-urlencoded;charset=UTF-8",
      headers: [],
      sourceAddress: "203.0.113.9",
      body: new TextEncoder().encode(message.body),
    });
    if (reply.status >= 500) world.broken.push({ invariant: "the inbox never fails", detail: message.body });
    answered(reply.status === 200 && reply.reply === "success");
  });
}

/** Somebody who does not know the secret, or sees a message go by, sends messages of his own. */
function forge(world: World, message: Message): void {
  const { schedule, random } = world;
  const fields = Object.fromEntries(new URLSearchParams(message.body));
  const { sign: _, reqTime, ...rest } = fields;
  const state = rest["state"] === "2" ? "3" : "2";
  const body = random.pick([
    signedForm({ secret: "somebody-guesses", now: () => schedule.now() }, { ...rest, state }),
    new URLSearchParams({ ...fields, state }).toString(),
    new URLSearchParams({ ...rest, reqTime: reqTime ?? "", state }).toString(),
    new URLSearchParams({ ...fields, state, sign: "" }).toString(),
    `${message.body}&state=${state}`,
  ]);
  world.count("messages: forged");
  deliver(world, { ...message, body }, schedule.now() + random.below(60_000), (isHeard) => {
    if (isHeard) world.broken.push({ invariant: "no forged message is believed", detail: body });
  });
}
