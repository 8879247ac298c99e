import { Id } from "@/components/ui/id";
import { Seal } from "@/components/ui/seal";
import type { NotificationDetails } from "@/db/queries/notification-page";

/** Which version of the credential's key made the signature, by its marks. */
export function VerifyingKey({ notification }: { notification: NotificationDetails }) {
  const { secretVersion, secretFingerprint, secretLastFour, credentialLabel } = notification;
  if (secretVersion === null) return <span className="text-failed">none of the keys of {credentialLabel}</span>;
  return (
    <>
      {secretFingerprint ? <Seal fingerprint={secretFingerprint} size={24} /> : null}
      <span>
        key {secretVersion} of {credentialLabel}
      </span>
      {secretFingerprint ? <Id value={secretFingerprint} copy={false} /> : null}
      {secretLastFour ? <span className="mono text-12 text-ink-3">…{secretLastFour}</span> : null}
    </>
  );
}
