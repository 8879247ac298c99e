const perLine = 16;

/** Bytes as `00000010  53 55 43 43 …  |SUCC…|`, sixteen to a line; what is not printable ASCII becomes a point. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; from += perLine) {
    const part = [...bytes.subarray(from, from + perLine)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    const columns = `${hex.slice(0, 8).join(" ")}  ${hex.slice(8).join(" ")}`.padEnd(perLine * 3);
    lines.push(`${from.toString(16).padStart(8, "0")}  ${columns}  |${text}|`);
  }
  return lines.join("\n");
}
