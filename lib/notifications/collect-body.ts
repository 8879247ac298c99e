/** Collects a body as it arrives. */
export type CollectedBody = {
  /**
   * `too-large`: more than anybody may send. `too-fine`: in so many pieces that they are work by themselves. `busy`: large
   * bodies take enough memory already. After any of them nothing more is added.
   */
  add(piece: Uint8Array): "ok" | "too-large" | "too-fine" | "busy";
  bytes(): Uint8Array;
  /** Whoever has read it, or has given up, says so. */
  close(): void;
};

/** Packets of a network hold twenty times as much as such a piece of the largest body would, so nobody honest needs more. */
const mostPieces = 1_024;
/** The gateway's messages are a quarter of that. They are always read; what is larger shares a room of its own. */
const smallBytes = 4_096;
const roomForLargeBytes = 8 * 1_048_576;

let heldByLarge = 0;

/**
 * Holds what came in one piece of memory: a list of pieces would cost some hundred bytes for each of them, which a
 * stranger may make as small as he likes. And however many strangers send, and however slowly, together they get no more
 * than a few megabytes.
 */
export function collectBody(limitBytes: number): CollectedBody {
  let held: Uint8Array = new Uint8Array();
  let length = 0;
  let pieces = 0;
  let taken = 0;
  return {
    add(piece) {
      pieces += 1;
      const next = length + piece.length;
      if (next > limitBytes) return "too-large";
      if (pieces > mostPieces) return "too-fine";
      if (next > held.length) {
        // Most bodies come in one piece.
        const size = length === 0 ? next : Math.min(limitBytes, Math.max(next, 2 * held.length));
        if (size > smallBytes) {
          if (heldByLarge + size - taken > roomForLargeBytes) return "busy";
          heldByLarge += size - taken;
          taken = size;
        }
        held = length === 0 ? piece : enlarged(held.subarray(0, length), size);
      }
      if (length > 0) held.set(piece, length);
      length = next;
      return "ok";
    },
    bytes: () => held.subarray(0, length),
    close() {
      heldByLarge -= taken;
      taken = 0;
    },
  };
}

function enlarged(held: Uint8Array, size: number): Uint8Array {
  const larger = Buffer.allocUnsafe(size);
  larger.set(held);
  return larger;
}
