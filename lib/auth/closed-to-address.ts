import "server-only";
import { headers } from "next/headers";
import { readConsoleAccess } from "@/db/queries/console-access";
import { settings } from "@/lib/config/settings";
import { type ClosedPart, closedTo } from "@/lib/domain/console-access";
import { clientAddress } from "./client-address";
import { currentAddress } from "./current-viewer";

/** Why an address may not use the console or its settings, in words for whoever is there. */
export type Closed = { title: string; because: string };

/** What stands in the way of somebody who is not signed in: the words, or null where the console is open to them. */
export async function closedForStranger(from?: Pick<Headers, "get">): Promise<Closed | null> {
  const address = clientAddress(from ?? (await headers()), settings().trustedProxyHops);
  return closedTo(await readConsoleAccess(), address) === "console" ? wordsFor("console", address) : null;
}

/** The words for a request that is being answered. */
export async function closedWords(part: ClosedPart): Promise<Closed> {
  return wordsFor(part, await currentAddress());
}

/** The same as one text. */
export async function closedSentence(part: ClosedPart): Promise<string> {
  const { title, because } = await closedWords(part);
  return `${title} ${because}`;
}

function wordsFor(part: ClosedPart, address: string | null): Closed {
  const what = part === "console" ? "This console is" : "Settings are";
  const title = `${what} not open to the address you come from.`;
  const who = "An admin at a listed address can add it under Console access.";
  if (address !== null) return { title, because: `${address} is not on the list. ${who}` };
  return { title, because: `It is not known here, and addresses that are not known are on no list. ${who}` };
}
