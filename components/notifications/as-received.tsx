import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import { visibleText } from "@/components/ui/visible-text";
import type { NotificationDetails } from "@/db/queries/notification-page";
import { hexDump } from "./hex-dump";

export type RawView = "text" | "hex";

type RawMessage = NonNullable<NotificationDetails["raw"]>;

type Props = {
  notification: Pick<NotificationDetails, "kind" | "credentialId"> & Pick<RawMessage, "query" | "headers" | "body">;
  path: string;
  view: RawView;
};

/** The message as it came over the wire: its headers, and the very bytes of its body. Text, never markup. */
export function AsReceived({ notification, path, view }: Props) {
  const { kind, credentialId, query, headers, body } = notification;
  const address = `/api/notify/${credentialId}/${kind}${query === "" ? "" : `?${query}`}`;
  const head = [`POST ${address} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return (
    <div className="grid gap-3">
      <Tabs
        label="Forms of the raw message"
        tabs={[
          { href: `${path}#as-received`, label: "Text", current: view === "text" },
          { href: `${path}?view=hex#as-received`, label: "Hex", current: view === "hex" },
        ]}
      />
      <CodeBlock label={view === "hex" ? "The body in hexadecimal" : "The message as text"} wrap={view === "text"}>
        {view === "text" ? (
          <>
            <span className="text-ink-3">{head.map(visibleText).join("\n")}</span>
            {"\n\n"}
            {visibleText(new TextDecoder("utf-8", { ignoreBOM: true }).decode(body))}
          </>
        ) : (
          hexDump(body)
        )}
        {body.length === 0 ? <span className="text-ink-3">(no body)</span> : null}
      </CodeBlock>
      <p className="text-12 text-ink-3">
        {body.length} bytes.{" "}
        {view === "text" ? "Control and invisible characters are written as names or codes." : null}
      </p>
    </div>
  );
}
