import { RequestAsCode } from "@/components/snippets/request-as-code";
import type { CallDetails } from "@/db/queries/call-page";
import { snippetOfCall } from "@/lib/snippets/snippet-of-message";

/** A kept call as a program that sends it again, signed rightly; nothing where no program can. */
export function CallCode({ call }: { call: CallDetails }) {
  const encoding = call.encoding === "form" ? "form" : "json";
  const program = snippetOfCall(call.requestFields, { url: call.url, encoding });
  if (!program.ok || Object.keys(call.requestFields).length === 0) return null;
  return (
    <RequestAsCode
      program={program.value}
      note="A number that was used once is refused the second time, and what is masked above is masked here."
    />
  );
}
