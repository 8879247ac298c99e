import { err, ok, type Result } from "@/lib/domain/result";
import { WireFields } from "@/lib/gateway/fields";
import { endpointPaths, type GatewayEndpoint, typedEndpoints } from "@/lib/gateway/typed-endpoints";
import { type SnippetProgram, snippetFields } from "./snippet-request";

type Encoding = SnippetProgram["encoding"];

/**
 * The program that sends a request to its endpoint, signed rightly.
 *
 * @returns one sentence for a person when it cannot be written
 */
export function snippetOfMessage(
  fields: WireFields,
  { endpoint, encoding, baseUrl }: { endpoint: GatewayEndpoint; encoding: Encoding; baseUrl: string },
): Result<SnippetProgram, string> {
  if (endpoint === "channelUserId") return err("A browser goes to this address itself; no program sends it.");
  return programOf(fields, { baseUrl: baseUrl.replace(/\/+$/, ""), path: endpointPaths[endpoint], encoding });
}

/** The program that sends a kept call again. `url` is where it went, whole. */
export function snippetOfCall(
  requestFields: Readonly<Record<string, string>>,
  { url, encoding }: { url: string; encoding: Encoding },
): Result<SnippetProgram, string> {
  const { origin, pathname } = new URL(url);
  return programOf(WireFields.from(requestFields), { baseUrl: origin, path: pathname, encoding });
}

/** No two endpoints read a name differently; the time of a request is a number everywhere. */
export const numberNames: ReadonlySet<string> = new Set([
  "reqTime",
  ...Object.values(typedEndpoints).flatMap((members) =>
    Object.entries(members).flatMap(([name, type]) => (type === "text" ? [] : [name])),
  ),
]);

type Going = { baseUrl: string; path: string; encoding: Encoding };

function programOf(fields: WireFields, { baseUrl, path, encoding }: Going): Result<SnippetProgram, string> {
  const written = snippetFields(fields, numberNames);
  return written.ok ? ok({ baseUrl, encoding, calls: [{ path, fields: written.value }] }) : written;
}
