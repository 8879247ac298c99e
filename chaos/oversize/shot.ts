import net from "node:net";

/** One hostile request, byte by byte: no client of any library would send it. */
export type Shot = {
  /** The head below its first two lines, with the empty line that ends it, if it ends. */
  head: string;
  /** What follows the head, at whatever pace it comes. */
  pieces: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Goes away when everything is sent, and waits for no answer. */
  hangsUp?: boolean;
};

export type Target = { port: number; path: string };

/** How it ended: the first status that was read, or why there was none. */
export type Ending = { said: string; bytes: number };

/** Longer than the product waits for anything. */
const patienceMs = 60_000;

/** Sends until all of it is sent or the other side closes, whatever is answered meanwhile. */
export function shoot({ port, path }: Target, { head, pieces, hangsUp = false }: Shot): Promise<Ending> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    let text = "";
    let isOver = false;
    const statusIn = () => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
    const end = (otherwise: string) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(clock);
      resolve({ said: statusIn() ?? otherwise, bytes: socket.bytesWritten });
      socket.destroy();
    };
    const clock = setTimeout(() => end("no answer"), patienceMs);
    socket.on("data", (piece: Buffer) => {
      if (text.length < 1_000) text += piece.toString("latin1");
    });
    // The other side may close while we write; what it said before is read all the same.
    socket.on("error", () => {});
    socket.on("close", () => end("cut off"));
    socket.write(`POST ${path} HTTP/1.1\r\nHost: console.example\r\n${head}`);
    const send = async () => {
      for await (const piece of pieces()) {
        if (isOver || socket.destroyed) return;
        if (!socket.write(piece)) await writable(socket);
      }
      if (hangsUp) end("hung up");
    };
    send().catch(() => end("could not be sent"));
  });
}

function writable(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    const go = () => {
      socket.off("drain", go).off("close", go);
      resolve();
    };
    socket.once("drain", go).once("close", go);
  });
}
