import Link from "next/link";
import { Id } from "@/components/ui/id";
import { Seal } from "@/components/ui/seal";
import type { CredentialListRow } from "@/db/queries/credentials";
import { CredentialState } from "./credential-state";
import { SecretMarks } from "./secret-marks";

type Props = { credentials: readonly CredentialListRow[]; path: string };

export function CredentialsTable({ credentials, path }: Props) {
  return (
    <div className="table-frame">
      <table className="data-table [&_tbody_tr]:cursor-default [&_td]:py-2!">
        <caption className="sr-only">Credentials, those in use first, in the order they were added</caption>
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col" className="w-[260px]">
              Gateway
            </th>
            <th scope="col" className="w-[200px]" data-drop="1">
              Ways
            </th>
            <th scope="col" className="w-[260px]">
              Secret
            </th>
            <th scope="col" className="w-[120px]">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {credentials.map((credential) => (
            <tr key={credential.id}>
              <td data-phone="state" className="pl-0!">
                <span className="flex items-center gap-3">
                  <Seal fingerprint={credential.secret.fingerprint} />
                  <span className="grid min-w-0">
                    <Link
                      href={`${path}/${credential.id}`}
                      data-row-link
                      className="truncate py-0.5 font-medium text-ink"
                    >
                      {credential.label}
                    </Link>
                    <Id value={credential.appId} label="application id" short />
                  </span>
                </span>
              </td>
              <td>
                <span className="mono block truncate text-12" title={credential.baseUrl}>
                  {credential.baseUrl}
                </span>
                <span className="mono text-12 text-ink-3">{credential.mchNo}</span>
              </td>
              <td data-drop="1">
                <WayCodes wayCodes={credential.wayCodes} />
              </td>
              <td data-phone="number">
                <SecretMarks secret={credential.secret} />
              </td>
              <td data-phone="amount" className="text-13!">
                <CredentialState isActive={credential.isActive} />
                {credential.rotation === null ? null : (
                  <span className="block text-12 text-wait">
                    {credential.rotation === "pending" ? "next key pending" : "old key to retire"}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function WayCodes({ wayCodes }: { wayCodes: readonly string[] }) {
  if (wayCodes.length === 0) return <span className="text-12 text-ink-3">every way</span>;
  const words = wayCodes.join("  ");
  return (
    <span className="mono block truncate text-12" title={words}>
      {words}
    </span>
  );
}
