import { GatewayTable } from "@/components/debugger/gateway-table";
import type { CallDetails } from "@/db/queries/call-page";
import { viewOfBody } from "@/lib/debugger/view-of-body";

/** What the gateway makes of a body that somebody wrote; nothing where no body is kept or nobody could read it. */
export function SentAsRead({ call: { sentBody, operation, encoding } }: { call: CallDetails }) {
  const view = sentBody === null ? null : viewOfBody(sentBody, { operation, encoding });
  return view ? <GatewayTable view={view} /> : null;
}
