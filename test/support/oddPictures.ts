import { crc32, deflateSync } from 'node:zlib';

/** The smallest GIF. */
export const gifPixel = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');

/** One pixel, as it says, and behind it as many bytes as are given: a file of a thousandth of them. */
export function pngBomb(
  bytes: number,
  changed: { readonly colour?: number; readonly interlace?: number } = {},
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1, 0);
  header.writeUInt32BE(1, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(changed.colour ?? 0, 9);
  header.writeUInt8(changed.interlace ?? 0, 12);
  return pngOf(header, deflateSync(Buffer.alloc(bytes)));
}

/** As large as it says, and what it says cannot be unpacked. */
export function unpackablePng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  return pngOf(header, Buffer.from('these are no pixels'));
}

/** More pixels than Ground Truth takes, all of them black: it packs well. */
export function hugePng(): Uint8Array {
  const width = 12_000;
  const height = 9_000;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  return pngOf(header, deflateSync(Buffer.alloc(height * (1 + width / 8))));
}

function pngOf(header: Buffer, pixels: Buffer): Uint8Array {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checked = Buffer.concat([Buffer.from(name), content]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, checksum]);
}

/** A JPEG file as far as its parts go, whose EXIF data say that it is to be turned by a quarter. */
export function turnedJpeg(): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const app1 = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  const frame = [8, 0, 16, 0, 16, 1, 1, 0x11, 0];
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe1, app1),
    ...segment(0xc0, frame),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    0,
    0xff,
    0xd9,
  ]);
}

function segment(marker: number, content: readonly number[]): readonly number[] {
  return [0xff, marker, 0, content.length + 2, ...content];
}
