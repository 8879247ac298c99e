import { Id } from "@/components/ui/id";

/** The address we call a gateway from, as far as it can be known here; null when it cannot. */
export function OutgoingAddress({ address }: { address: string | null }) {
  return (
    <>
      {address === null ? (
        <p>No way to the gateway was found from here just now, so the address is not known.</p>
      ) : (
        <p>
          <Id value={address} label="the address we call from" />
        </p>
      )}
      <p className="mt-2 max-w-[62ch] text-13 leading-normal text-ink-2">
        {address === null ? null : "That is this machine’s own end of the way to the gateway, seen from inside. "}
        Behind NAT or a proxy the gateway sees the public address instead, which cannot be seen from here. If the
        gateway refuses a call because of its whitelist and names an address, the page of the call and the payment’s
        timeline show it: that one belongs on the whitelist.
      </p>
    </>
  );
}
