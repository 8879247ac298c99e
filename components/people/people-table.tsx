import Link from "next/link";
import { TimeCell } from "@/components/data-table/cells/time-cell";
import type { PersonRow } from "@/db/queries/people";
import { PersonState } from "./person-state";

type Props = { people: readonly PersonRow[]; path: string; ownId: string };

export function PeopleTable({ people, path, ownId }: Props) {
  return (
    <div className="table-frame">
      <table className="data-table [&_tbody_tr]:cursor-default">
        <caption className="sr-only">People, active ones first, by name</caption>
        <thead>
          <tr>
            <th scope="col" className="w-[150px]">
              State
            </th>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col" className="w-[120px]">
              Role
            </th>
            <th scope="col" className="w-[210px]">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td data-phone="amount" className="text-13!">
                <PersonState person={person} />
              </td>
              <td data-phone="state">
                <Link href={`${path}/${person.id}`} data-row-link className="truncate py-1.5 font-medium text-ink">
                  {person.name}
                </Link>
                {person.id === ownId ? <span className="ml-2 text-12 text-ink-3">you</span> : null}
              </td>
              <td data-phone="subject">
                <span className="block truncate" title={person.email}>
                  {person.email}
                </span>
              </td>
              <td data-phone="number">{person.role}</td>
              <td data-phone="time">{person.lastSeenAt ? <TimeCell at={person.lastSeenAt} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
