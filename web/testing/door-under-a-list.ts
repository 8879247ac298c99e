import { createHash } from "node:crypto";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { credentialSecrets, credentials } from "@/db/schema/credentials";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addShop } from "@/db/testing/shops";
import { notePeerAddresses } from "@/lib/auth/peer-address";
import { sealedValues } from "@/lib/credentials/add-credential";
import { forgetCredential } from "@/lib/credentials/open-credential";
import { Secret } from "@/lib/domain/secret";
import { answerNotification } from "@/web/notify-door";

// Invented, like everything that looks like a key in a test.
const secret = "0f1e2d3c4b5a6978".repeat(8);
const appId = "60cc09bce4b0f1c0b83761c9";

/** The door of the web process, and a credential that believes only messages from a list of addresses. */
export type DoorUnderAList = {
  /** Sends a genuine message with these header lines, which may repeat, and returns the body of the answer. */
  tell: (...headers: [name: string, value: string][]) => Promise<string>;
  /** Where the last message came from, as it was kept. */
  lastSource: () => Promise<string | null>;
  listIs: (addresses: string[]) => Promise<void>;
  close: () => Promise<void>;
};

export async function openDoorUnderAList(): Promise<DoorUnderAList> {
  const database: TestDatabase = await testDatabase();
  notePeerAddresses();
  const shop = await addShop(database.db, "test", "listed");
  const place = { merchantId: shop.merchantId, credentialId: shop.credentialId, version: 1 };
  await database.db
    .insert(credentialSecrets)
    .values({ ...place, ...sealedValues(new Secret(secret), place), stage: "current" });
  const server = http.createServer((request, response) => {
    if (!answerNotification(request, response)) response.writeHead(418).end("not the door's");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let sent = 0;

  return {
    tell: async (...headers) => {
      sent += 1;
      const signed = `amount=1234&appId=${appId}&mchNo=M-listed&mchOrderNo=S-${sent}&state=2&`;
      const sign = createHash("md5").update(`${signed}key=${secret}`).digest("hex").toUpperCase();
      return post(port, `/api/notify/${shop.credentialId}/payment`, headers, `${signed}sign=${sign}`);
    },
    lastSource: async () => {
      const [row] = await database.sql`select source_address from notifications order by id desc limit 1`;
      return row?.["source_address"] ?? null;
    },
    listIs: async (addresses) => {
      await database.db
        .update(credentials)
        .set({ sourceMode: "enforce", sourceAddresses: addresses })
        .where(eq(credentials.id, shop.credentialId));
      forgetCredential(shop.credentialId);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await database.close();
    },
  };
}

/** By hand, because no client sends a header twice or under a name of somebody else's. */
async function post(port: number, path: string, headers: [string, string][], body: string): Promise<string> {
  const lines = [
    `POST ${path} HTTP/1.1`,
    "Host: console.example",
    "Content-Type: application/x-www-form-urlencoded",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const socket = net.connect(port, "127.0.0.1");
  // Not ended from here: the server takes half a connection for none.
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const answer = await text(socket);
  return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}
