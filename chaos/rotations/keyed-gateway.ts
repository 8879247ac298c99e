import { verify } from "@/lib/gateway/signature";
import { receiveNotification } from "@/lib/notifications/receive-notification";
import type { Book, Message } from "../gateway/book";
import { openPretendGateway, type PretendSettings, signedForm } from "../gateway/pretend-gateway";
import { interceptFetch } from "../shop/network";
import type { Shop } from "../shop/shop";

/** A gateway with one key at a time. It judges a request by the key of then and signs its answer with the key of now. */
export type KeyedGateway = {
  book: Book;
  pay(mchOrderNo: string): Message[];
  useKey(key: string): void;
  /** Hands a message to the notify address. Returns whether it was believed. */
  deliver(message: Message): Promise<boolean>;
  /** Sends these as they were once more, and one new message signed with the old key for each. Returns how many were believed. */
  sendUnderOldKey(messages: readonly Message[]): Promise<number>;
  /** How many requests carried another signature than that of its key. */
  refused(): number;
  close(): void;
};

export function openKeyedGateway(shop: Shop, firstKey: string): KeyedGateway {
  const { mchNo, appId } = shop.sender;
  let told: Message[] = [];
  let oldKey = firstKey;
  let refused = 0;
  const settings: PretendSettings = {
    secret: firstKey,
    mchNo,
    appId,
    now: () => Date.now(),
    tell: (message) => told.push(message),
    refundStart: () => "succeed",
  };
  const gateway = openPretendGateway(settings);
  const close = interceptFetch(async (url, body) => {
    const isSigned = verify(JSON.parse(body) as Record<string, string | number>, settings.secret);
    if (!isSigned) refused += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return new Response(isSigned ? gateway.answer(url.pathname, body) : '{"code":9999,"msg":"验签失败"}');
  });
  const deliver = async ({ kind, body }: Message) => {
    const { status } = await receiveNotification({
      ...{ credentialId: shop.credentialId, kind, query: "", headers: [], sourceAddress: null },
      ...{ contentType: "application/x-www-form-urlencoded", body: Buffer.from(body) },
    });
    return status === 200;
  };
  return {
    book: gateway.book,
    pay(mchOrderNo) {
      told = [];
      gateway.pay(mchOrderNo);
      return told;
    },
    useKey(key) {
      oldKey = settings.secret;
      settings.secret = key;
    },
    deliver,
    async sendUnderOldKey(messages) {
      let accepted = 0;
      for (const message of messages) {
        const fields = { mchNo, appId, mchOrderNo: `late-${message.number}`, amount: 1_000, currency: "HKD", state: 2 };
        const fresh = { ...message, body: signedForm({ ...settings, secret: oldKey }, fields) };
        for (const sent of [message, fresh]) if (await deliver(sent)) accepted += 1;
      }
      return accepted;
    },
    refused: () => refused,
    close,
  };
}
