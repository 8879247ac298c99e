import { Time } from "@/components/ui/time";
import type { SecretUse } from "@/lib/domain/rotation";
import type { RotationShown } from "./rotation-shown";

/** What each of the two keys was used for since the rotation came to where it stands. */
export function RotationUses({ rotation }: { rotation: RotationShown }) {
  const { current, other, uses, stage, since, lookedSince } = rotation;
  const what = stage === "pending" ? `key ${other.version} was added` : `key ${current.version} was promoted`;
  return (
    <div className="table-frame">
      <table className="w-full border-collapse text-13 [&_td]:py-2 [&_td]:pr-4 [&_th]:py-2 [&_th]:pr-4 [&_th]:text-left">
        <caption className="pb-2 text-left text-12 text-ink-3">
          Used since {what}, <Time at={since} kind="exact" />
          {lookedSince > since ? (
            <>
              ; there was so much that only what came after <Time at={lookedSince} kind="exact" /> is counted
            </>
          ) : null}
        </caption>
        <thead>
          <tr className="border-b border-ink text-12">
            <th scope="col">Key</th>
            <th scope="col">Calls it signed</th>
            <th scope="col">Notifications it signed</th>
          </tr>
        </thead>
        <tbody>
          <UseRow version={current.version} fingerprint={current.fingerprint} use={uses.current} />
          <UseRow version={other.version} fingerprint={other.fingerprint} use={uses.other} />
        </tbody>
      </table>
    </div>
  );
}

function UseRow({ version, fingerprint, use }: { version: number; fingerprint: string; use: SecretUse }) {
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="font-medium">
        Key {version}
        <span className="mono block text-12 font-normal text-ink-3">{fingerprint}</span>
      </th>
      <td>
        <Count count={use.calls} at={use.lastCallAt} />
        {use.refusedCalls > 0 ? (
          <span className="block text-12 text-failed">{use.refusedCalls} refused for the signature</span>
        ) : null}
      </td>
      <td>
        <Count count={use.notifications} at={use.lastNotificationAt} />
      </td>
    </tr>
  );
}

function Count({ count, at }: { count: number; at: Date | null }) {
  return (
    <>
      <span className="nums">{count.toLocaleString("en")}</span>
      {at === null ? null : (
        <span className="block text-12 text-ink-3">
          last <Time at={at} />
        </span>
      )}
    </>
  );
}
