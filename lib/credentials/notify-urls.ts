import { settings } from "@/lib/config/settings";
import type { CredentialId } from "@/lib/domain/ids";
import type { NotificationKind } from "@/lib/domain/verdict";

type NotifyUrls = Record<NotificationKind, string>;

/** The addresses at which the gateway's messages for a credential arrive. */
export function notifyUrls(credentialId: CredentialId, publicUrl: string = settings().publicUrl): NotifyUrls {
  const address = (kind: NotificationKind) => `${publicUrl}/api/notify/${credentialId}/${kind}`;
  return { payment: address("payment"), refund: address("refund"), cancel: address("cancel") };
}
