import { z } from "zod";
import { inSqlTransaction } from "@/db/client";
import { noteAudit } from "@/db/commands/audit";
import { setConsoleAccess } from "@/db/commands/console-access";
import type { Actor } from "@/lib/domain/actor";
import { AddressList } from "@/lib/domain/address-list";
import { type ClosedPart, type ConsoleAccess, closedTo } from "@/lib/domain/console-access";
import { refusalFor } from "@/lib/domain/may";
import { type Problem, problem } from "@/lib/domain/problem";
import { err, ok, type Result } from "@/lib/domain/result";
import type { Viewer } from "@/lib/domain/viewer";

/** Both lists as somebody types them. */
export const ConsoleAccessInput = z.object({ consoleAddresses: AddressList, settingsAddresses: AddressList });

/**
 * Sets from which addresses people may use the console and its settings. It holds from the next request on, for whoever
 * is signed in too. Nobody can shut out the address they are at.
 *
 * @param address  where the request came from, as the doors will judge it
 * @returns problems: `not-allowed`, `locked-out` beside the list that would do it
 */
export async function changeConsoleAccess(
  viewer: Viewer,
  { consoleAddresses, settingsAddresses }: z.output<typeof ConsoleAccessInput>,
  address: string | null,
): Promise<Result<{ news: string }, Problem>> {
  const refusal = refusalFor(viewer, "console-access:write");
  if (refusal) return err(refusal);
  const access = { console: consoleAddresses, settings: settingsAddresses };
  const closed = closedTo(access, address);
  if (closed !== null) return err(lockedOut(closed, address));
  await setAndNote({ actor: { kind: "person", personId: viewer.personId }, address }, access);
  return ok({ news: newsOf(access) });
}

/** The way back for an operator with a shell: empties both lists. Returns what they were. */
export async function openConsoleEverywhere(): Promise<ConsoleAccess> {
  return setAndNote({ actor: { kind: "script" }, address: null }, { console: [], settings: [] });
}

async function setAndNote(by: { actor: Actor; address: string | null }, access: ConsoleAccess): Promise<ConsoleAccess> {
  return inSqlTransaction(async (sql) => {
    const before = await setConsoleAccess(sql, access);
    await noteAudit(sql, {
      ...by,
      action: "console-access.changed",
      environment: null,
      subject: "console:access",
      details: {
        console: inWords(access.console),
        consoleBefore: inWords(before.console),
        settings: inWords(access.settings),
        settingsBefore: inWords(before.settings),
      },
    });
    return before;
  });
}

function inWords(list: readonly string[]): string {
  return list.length === 0 ? "everywhere" : list.join(" ");
}

function lockedOut(list: ClosedPart, address: string | null): Problem {
  const message =
    address === null
      ? "Where you come from is not known here, so any list would lock you out. Look at TRUSTED_PROXY_HOPS first."
      : `Your own address, ${address}, is not on this list: it would lock you out. Add it, or a range that holds it.`;
  return problem("locked-out", message, { [`${list}Addresses`]: [message] });
}

function newsOf({ console: everything, settings }: ConsoleAccess): string {
  if (everything.length === 0 && settings.length === 0) return "Saved. People may come from everywhere.";
  return "Saved. It holds from the next request on, for whoever is signed in too.";
}
