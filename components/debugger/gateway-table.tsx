import { TriangleAlert } from "lucide-react";
import { Section } from "@/components/ui/panel";
import type { GatewayView, ViewedMember } from "@/lib/debugger/gateway-view";
import { VisibleRuns } from "./visible-runs";

/** What the gateway makes of a request, beside what was sent. The signature is over what it reads. */
export function GatewayTable({ view }: { view: GatewayView }) {
  const { endpoint, isGuessed, members, refusal, warnings } = view;
  const remarkable = members.filter((member) => !isPlain(member));
  const plain = members.filter((member) => isPlain(member) && member.boundTo !== "sign");
  const caption = `${endpoint}${isGuessed ? ", told by its fields" : ""}; it signs what it has read, not what was sent`;
  return (
    <Section title="What the gateway makes of it" caption={caption}>
      {refusal === null && warnings.length === 0 ? null : (
        <ul className="mb-4 grid gap-2 border-l-[3px] border-unclear bg-unclear-wash px-4 py-3 text-13">
          {warnings.map((warning) => (
            <li key={warning} className="flex gap-2.5">
              <TriangleAlert className="mt-px size-4 flex-none text-unclear" />
              <span className="min-w-0 break-words">{warning}</span>
            </li>
          ))}
        </ul>
      )}
      {remarkable.length > 0 ? (
        <table className="w-full table-fixed border-collapse text-12">
          <caption className="sr-only">What the gateway reads otherwise than it was sent, and what it means</caption>
          <thead>
            <tr className="border-b border-ink text-left text-ink-3">
              <th scope="col" className="h-8 w-32 pr-2 font-medium max-desk:w-24">
                Field
              </th>
              <th scope="col" className="h-8 pr-2 font-medium">
                Sent
              </th>
              <th scope="col" className="h-8 pr-2 font-medium">
                The gateway reads
              </th>
            </tr>
          </thead>
          <tbody>
            {remarkable.map((member, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice
              <MemberRow key={index} member={member} />
            ))}
          </tbody>
        </table>
      ) : null}
      {plain.length > 0 ? (
        <p className="mt-3 text-12 leading-normal text-ink-2">
          {remarkable.length > 0 ? "Read exactly as sent: " : "Everything is read exactly as sent: "}
          <span className="mono break-words text-ink-3">{plain.map(({ sentName }) => sentName).join(", ")}</span>
        </p>
      ) : null}
    </Section>
  );
}

function isPlain({ sentName, sentText, boundTo, readText, meaning, warnings }: ViewedMember): boolean {
  return boundTo === sentName && readText === sentText && meaning === null && warnings.length === 0;
}

function MemberRow({ member }: { member: ViewedMember }) {
  const { sentName, sentText, boundTo, readText, meaning, warnings } = member;
  const isSame = boundTo === sentName && readText === sentText;
  return (
    <tr className={`border-b border-line align-top ${warnings.length > 0 ? "bg-unclear-wash" : ""}`}>
      <th scope="row" className="mono py-2 pr-2 text-left font-normal break-all text-ink-2">
        <VisibleRuns text={sentName} />
      </th>
      <td className="mono py-2 pr-2 break-all">
        {sentText === "" ? <span className="text-ink-3">(empty)</span> : <VisibleRuns text={sentText} />}
      </td>
      <td className="py-2 pr-2 break-words">
        {boundTo === null ? (
          <span className="text-ink-3">nothing: dropped</span>
        ) : isSame ? (
          <span className="text-ink-2">{meaning ?? "the same"}</span>
        ) : (
          <>
            {boundTo === sentName ? null : <span className="mono break-all">{boundTo} = </span>}
            <span className="mono break-all">{readText === null ? "nothing" : <VisibleRuns text={readText} />}</span>
            {meaning ? <span className="block text-ink-2">{meaning}</span> : null}
          </>
        )}
      </td>
    </tr>
  );
}
