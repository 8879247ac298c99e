type Props = {
  status: number;
  reply: string;
  /** From its arrival until the message was written, commit not included; null where nobody measured. */
  tookUs: number | null;
};

/** Our answer, byte for byte: the gateway compares the whole body with `success` and looks at nothing else. */
export function ReplyBytes({ status, reply, tookUs }: Props) {
  const bytes = [...new TextEncoder().encode(reply)];
  return (
    <div className="grid gap-2.5 text-13">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="sr-only">{reply}</span>
        <span className="flex flex-wrap" aria-hidden="true">
          {bytes.map((byte, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: bytes are told apart by their place only
              key={index}
              className="mono -mr-px grid justify-items-center gap-1 border border-line-2 px-2 pt-1.5 pb-1 text-16 leading-none font-medium"
            >
              {byte.toString(16).toUpperCase().padStart(2, "0")}
              <small className="text-11 font-normal text-ink-3">{String.fromCharCode(byte)}</small>
            </span>
          ))}
        </span>
        <span className="text-ink-2">
          {bytes.length} bytes, text/plain, no line end, HTTP {status}
          {tookUs === null ? null : (
            <>
              , decided after <span className="mono">{(tookUs / 1000).toFixed(1)} ms</span>
            </>
          )}
        </span>
      </div>
      <p className="text-12 text-ink-3">
        {reply === "success"
          ? "Sent only after the message was stored."
          : "Not success, on purpose: the gateway may try again as long as the message is not believed."}
      </p>
    </div>
  );
}
