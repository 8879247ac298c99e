import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

type Props = { url: string; title: string };

/** A link that opens one account. It is on this screen once and nowhere else. */
export function InvitationLink({ url, title }: Props) {
  return (
    <Notice
      tone="paid"
      title={title}
      live="status"
      actions={
        <CopyButton value={url} label="the link">
          Copy the link
        </CopyButton>
      }
    >
      <p>It works once, for seven days, and is not shown again. Send it only to the person it is for.</p>
      <p data-invitation className="mono mt-1.5 text-12 break-all text-ink">
        {url}
      </p>
    </Notice>
  );
}
