import { deflateSync } from 'node:zlib';

export interface PngForm {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 for grey, 2 for colours, 3 for a palette, 4 for grey with opacity, 6 for colours with opacity. */
  readonly colorType: number;
  readonly interlace?: number;
  /** Other chunks, which come before the pixels. */
  readonly chunks?: Readonly<Record<string, readonly number[]>>;
  /** The number of each row's filter; 0 where there is none. The bytes are taken as they are. */
  readonly filters?: readonly number[];
}

/** A PNG file of the form, from the bytes of its rows. */
export function pngFile(
  { width, height, bitDepth, colorType, interlace = 0, chunks = {}, filters = [] }: PngForm,
  bytes: readonly number[],
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, colorType, 0, 0, interlace], 8);
  const rowBytes = bytes.length / height;
  const rows = Array.from({ length: height }, (_, row) => [
    filters[row] ?? 0,
    ...bytes.slice(row * rowBytes, (row + 1) * rowBytes),
  ]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...Object.entries(chunks).map(([type, data]) => chunk(type, Buffer.from(data))),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Without the checksum, which nothing that reads masks looks at. */
function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}
