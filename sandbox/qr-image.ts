import { deflateSync } from "node:zlib";
import { encode } from "uqr";

const quietZone = 4;

/** A QR code as a square PNG, `size` pixels wide (at least one pixel per module), error correction M. */
export function qrImage(text: string, size: number): Buffer {
  const { data, size: modules } = encode(text, { ecc: "M", border: quietZone });
  const scale = Math.max(1, Math.floor(size / modules));
  const width = Math.max(size, modules);
  const margin = Math.floor((width - scale * modules) / 2);
  const rows = Array.from({ length: width }, (_, y) => {
    const row = Buffer.alloc(width + 1, 0xff);
    row[0] = 0;
    for (let x = 0; x < width; x++) {
      const isDark = data[Math.floor((y - margin) / scale)]?.[Math.floor((x - margin) / scale)] === true;
      if (isDark) row[x + 1] = 0;
    }
    return row;
  });
  return png(width, Buffer.concat(rows));
}

/** An 8-bit grey picture; each of its lines begins with the filter byte 0. Source: PNG specification, sections 5 and 11. */
function png(width: number, lines: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(lines)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
