/**
 * Keeps this process when a connection to the database is lost while nobody waits for what was asked on it, by us or by
 * the driver: whoever wants an answer hears of it by itself. Every other failure that nobody waits for still ends the
 * process.
 *
 * @param say  is told what was lost
 */
export function outliveLostConnections(say: (lost: { code: string; query: string | null }) => void): void {
  process.on("unhandledRejection", (reason) => {
    const code = lostConnection(reason);
    if (code === null) throw reason;
    const query = reason instanceof Error && "query" in reason ? String(reason.query).trim() : null;
    say({ code, query });
  });
}

function lostConnection(reason: unknown): string | null {
  if (!(reason instanceof Error && "code" in reason && typeof reason.code === "string")) return null;
  return lostCodes.has(reason.code) ? reason.code : null;
}

// The driver's own words, and what a server says that is ending or starting (SQLSTATE class 57).
const lostCodes = new Set([
  ...["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "CONNECT_TIMEOUT"],
  ...["57P01", "57P02", "57P03"],
]);
