import Link from "next/link";
import type { EndpointRow } from "@/db/queries/event-endpoints";
import { EndpointState } from "./endpoint-state";

type Props = { endpoints: readonly EndpointRow[]; path: string };

export function EndpointsTable({ endpoints, path }: Props) {
  return (
    <div className="table-frame">
      <table className="data-table [&_tbody_tr]:cursor-default [&_td]:py-2!">
        <caption className="sr-only">Endpoints, those in use first, in the order they were added</caption>
        <thead>
          <tr>
            <th scope="col" className="w-[220px]">
              Endpoint
            </th>
            <th scope="col">Address</th>
            <th scope="col" className="w-[180px]" data-drop="1">
              Merchant
            </th>
            <th scope="col" className="w-[260px]" data-drop="2">
              Hears of
            </th>
            <th scope="col" className="w-[130px]">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {endpoints.map((endpoint) => (
            <tr key={endpoint.id}>
              <td data-phone="subject">
                <Link
                  href={`${path}/${endpoint.id}`}
                  data-row-link
                  className="block truncate py-0.5 font-medium text-ink"
                >
                  {endpoint.label}
                </Link>
              </td>
              <td data-phone="number">
                <span className="mono block truncate text-12" title={endpoint.url}>
                  {endpoint.url}
                </span>
              </td>
              <td data-drop="1">
                <span className="mono text-12">{endpoint.mchNo}</span>
              </td>
              <td data-drop="2">
                <HearsOf types={endpoint.eventTypes} />
              </td>
              <td data-phone="state">
                <EndpointState {...endpoint} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HearsOf({ types }: { types: readonly string[] }) {
  if (types.length === 0) return <span className="text-12 text-ink-3">everything</span>;
  const words = types.join("  ");
  return (
    <span className="mono block truncate text-12" title={words}>
      {words}
    </span>
  );
}
