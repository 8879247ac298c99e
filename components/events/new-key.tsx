import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

/** A key that was just made. It is on this screen once and nowhere else. */
export function NewKeyNotice({ title, value }: { title: string; value: string }) {
  return (
    <Notice
      tone="paid"
      title={title}
      live="status"
      actions={
        <CopyButton value={value} label="the key">
          Copy the key
        </CopyButton>
      }
    >
      <p>
        It is not shown again. The receiver verifies with it: HMAC-SHA256 over id, time and body, as the Standard
        Webhooks libraries do.
      </p>
      <p className="mono mt-1.5 text-12 break-all text-ink">{value}</p>
    </Notice>
  );
}
