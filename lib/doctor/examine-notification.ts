import { findNotification, type NotificationDetails } from "@/db/queries/notification-page";
import { openCredential } from "@/lib/credentials/open-credential";
import type { NotificationId } from "@/lib/domain/ids";
import type { Scope } from "@/lib/domain/viewer";
import { gatherMessage } from "./gather-message";
import { type Climb, climb } from "./ladder";
import type { MessageFacts } from "./message-facts";
import { messageLadder } from "./message-ladder";

export type NotificationExamination = { notification: NotificationDetails; facts: MessageFacts; climb: Climb };

/**
 * What is the matter with a message that came here, as far as its bytes, our keys and its order tell. May take a second
 * where no key fits: the signature debugger tries what it knows.
 *
 * @returns null when this environment has no such message
 */
export async function examineNotification(
  scope: Scope,
  notificationId: NotificationId,
): Promise<NotificationExamination | null> {
  const notification = await findNotification(scope, notificationId);
  const credential = notification && (await openCredential(notification.credentialId));
  if (!notification || !credential) return null;
  const { raw, kind, verdict, authenticity, isHeld, effect, deliveries, orderNo } = notification;
  const facts = await gatherMessage(
    scope,
    {
      notificationId: notification.id,
      method: "POST",
      kind,
      raw,
      verdict,
      authenticity,
      isHeld,
      effect,
      deliveries,
      orderNo,
      keyVersion: notification.secretVersion,
      firstAt: notification.receivedAt,
      lastAt: notification.lastReceivedAt,
    },
    credential,
  );
  return { notification, facts, climb: climb(messageLadder, facts) };
}
