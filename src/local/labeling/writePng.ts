import { crc32, deflateSync } from 'node:zlib';
import type { PictureSize } from '../../core/labels/answerReading.js';

/**
 * A PNG file whose pixels are numbers, with a colour for each of them: read as a picture it shows the colours, read as
 * an array it has the numbers, and both are what people do with masks. `palette` has colours as `#rrggbb`.
 */
export function writeIndexedPng(
  pixels: Uint8Array,
  { width, height, palette }: PictureSize & { readonly palette: readonly string[] },
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // Eight bits for a pixel, which is a place in the palette.
  const rows = Buffer.alloc((width + 1) * height); // Each row begins with the number of its filter: 0, none.
  for (let row = 0; row < height; row += 1) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.map((color) => color.slice(1)).join(''), 'hex')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
