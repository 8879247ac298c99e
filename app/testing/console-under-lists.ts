import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { vi } from "vitest";
import { z } from "zod";
import { POST as postToSignOut } from "@/app/(auth)/sign-out/route";
import { GET as getFromSignIn } from "@/app/api/auth/[...nextauth]/route";
import { GET as getHealth } from "@/app/api/health/route";
import { setConsoleAccess } from "@/db/commands/console-access";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { defineAction, definePublicAction } from "@/lib/actions/define-action";
import { notePeerAddresses } from "@/lib/auth/peer-address";
import { requireViewer } from "@/lib/auth/require-viewer";
import { cookieName, writeSessionToken } from "@/lib/auth/session-cookie";
import { viewerForRoute } from "@/lib/auth/viewer-for-route";
import { newId, PersonId, SessionId } from "@/lib/domain/ids";
import { requestHeaders } from "./framework-request";

/** Every door of the console that a person can stand at, behind a real connection. */
export const doors = {
  page: "GET /page",
  settingsPage: "GET /settings-page",
  route: "GET /route",
  settingsRoute: "GET /settings-route",
  action: "POST /action",
  settingsAction: "POST /settings-action",
  publicAction: "POST /public-action",
  signIn: "GET /api/auth/nothing",
  signOut: "POST /sign-out",
} as const;

export type Door = keyof typeof doors;

/** Which doors a list closes to an address that is not on it. */
export const closedBy: Record<"console" | "settings", readonly Door[]> = {
  console: Object.keys(doors) as Door[],
  settings: ["settingsPage", "settingsRoute", "settingsAction"],
};

export type ConsoleUnderLists = {
  /** Comes to every door of them with these header lines, signed in, and says which were closed. */
  closedDoors: (...headers: [name: string, value: string][]) => Promise<Door[]>;
  healthStatus: (...headers: [name: string, value: string][]) => Promise<number>;
  listsAre: (console: string[], settings: string[]) => Promise<void>;
  close: () => Promise<void>;
};

export async function openConsoleUnderLists(): Promise<ConsoleUnderLists> {
  // The framework's own switch for `forbidden()`, which next.config.ts sets.
  vi.stubEnv("__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS", "true");
  const database = await testDatabase();
  notePeerAddresses();
  const person = newId(PersonId);
  await database.sql`insert into people (id, email, name, role) values (${person}, 'a@x.example', 'Anna', 'admin')`;
  const server = http.createServer((incoming, outgoing) => {
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = new NextRequest(`http://console.example${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers,
    });
    void requestHeaders
      .run(headers, () => answer(`${incoming.method} ${incoming.url}`, request))
      .then(
        (status) => outgoing.writeHead(status).end(),
        (error: unknown) => outgoing.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const own = async (): Promise<[string, string][]> => [
    ["Host", "console.example"],
    ["Origin", "http://console.example"],
    ["Cookie", `${cookieName("session")}=${await writeSessionToken(await newSession(database, person))}`],
  ];
  return {
    closedDoors: async (...headers) => {
      // Its own, because the last door ends it.
      const session = await own();
      const closed: Door[] = [];
      for (const [door, asked] of Object.entries(doors)) {
        if ((await statusOf(port, asked, [...session, ...headers])) === 403) closed.push(door as Door);
      }
      return closed;
    },
    healthStatus: async (...headers) => statusOf(port, "GET /api/health", [...(await own()), ...headers]),
    listsAre: async (everything, settings) => {
      await setConsoleAccess(database.sql, { console: everything, settings });
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await database.close();
      vi.unstubAllEnvs();
    },
  };
}

async function newSession(database: TestDatabase, person: PersonId): Promise<SessionId> {
  const session = newId(SessionId);
  await database.sql`insert into sessions (id, person_id, expires_at) values (${session}, ${person}, now() + interval '1 hour')`;
  return session;
}

const nothing = { input: z.object({}) };
const action = defineAction({ permission: "payments:create", ...nothing }, async () => "done");
const settingsAction = defineAction({ permission: "people:write", ...nothing }, async () => "done");
const publicAction = definePublicAction({ because: "a test", ...nothing }, async () => "done");

/** The status that a person would meet: 200 for everything but a refusal by the door. */
async function answer(asked: string, request: NextRequest): Promise<number> {
  switch (asked) {
    case doors.page:
      return statusOfPage(() => requireViewer("payments:read"));
    case doors.settingsPage:
      return statusOfPage(() => requireViewer("people:read"));
    case doors.route:
      return statusOfRoute(request, "payments:read");
    case doors.settingsRoute:
      return statusOfRoute(request, "audit:read");
    case doors.action:
      return statusOfAction(action);
    case doors.settingsAction:
      return statusOfAction(settingsAction);
    case doors.publicAction:
      return statusOfAction(publicAction);
    case doors.signIn: {
      // Behind the door stands the framework's own machinery, which is not here: what matters is who gets there.
      const { status } = await getFromSignIn(request, { params: Promise.resolve({ nextauth: ["nothing"] }) });
      return status === 403 ? 403 : 200;
    }
    case doors.signOut:
      return (await postToSignOut(request)).status === 403 ? 403 : 200;
    default:
      return getHealth().status;
  }
}

async function statusOfPage(draw: () => Promise<unknown>): Promise<number> {
  try {
    await draw();
    return 200;
  } catch (error) {
    const { digest } = error as { digest?: string };
    if (digest === "NEXT_HTTP_ERROR_FALLBACK;403") return 403;
    throw error;
  }
}

async function statusOfRoute(request: Request, permission: "payments:read" | "audit:read"): Promise<number> {
  const asked = await viewerForRoute(request, permission);
  return asked.ok ? 200 : asked.response.status;
}

async function statusOfAction(run: typeof action): Promise<number> {
  const state = await run({ status: "idle" }, new FormData());
  if (state.status === "done") return 200;
  return state.status === "refused" && state.reason.includes("not open to the address you come from") ? 403 : 500;
}

/** By hand, because no client sends a header twice or under a name of somebody else's. */
async function statusOf(port: number, asked: string, headers: [string, string][]): Promise<number> {
  const lines = [`${asked} HTTP/1.1`, "Content-Length: 0", "Connection: close"];
  const socket = net.connect(port, "127.0.0.1");
  socket.write(`${[...lines, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`);
  return Number((await text(socket)).split(" ")[1]);
}
