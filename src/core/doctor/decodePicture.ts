import { readImageHeader } from '../manifest/imageHeader.js';
import { pictureType } from '../manifest/pictureType.js';

export type Decoded =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly type: string }
  /** No picture that Ground Truth takes. */
  | { readonly kind: 'otherType'; readonly type: string | undefined }
  /** One that ends before its end, or whose parts do not fit. */
  | { readonly kind: 'damaged'; readonly reason: string };

/** Looks through a whole picture as a browser must to show it: its parts, their order and their checks. */
export async function decodePicture(bytes: Uint8Array): Promise<Decoded> {
  const type = pictureType(bytes);
  if (type !== 'image/png' && type !== 'image/jpeg') {
    return { kind: 'otherType', type };
  }
  const header = readImageHeader(bytes);
  if (header.kind !== 'size') {
    return { kind: 'damaged', reason: 'it does not say how large it is' };
  }
  const reason = type === 'image/png' ? await pngDamage(bytes, header) : jpegDamage(bytes);
  const { width, height } = header;
  return reason === undefined ? { kind: 'picture', width, height, type } : { kind: 'damaged', reason };
}

const truncated = 'it ends before its end';

async function pngDamage(
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number },
): Promise<string | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array<ArrayBuffer>[] = [];
  let offset = 8;
  for (;;) {
    if (offset + 12 > bytes.length) {
      return truncated;
    }
    const length = view.getUint32(offset);
    const end = offset + 12 + length;
    if (end > bytes.length) {
      return truncated;
    }
    const name = String.fromCodePoint(...bytes.subarray(offset + 4, offset + 8));
    if (crc32(bytes.subarray(offset + 4, end - 4)) !== view.getUint32(end - 4)) {
      return `the checksum of its part "${name}" is wrong`;
    }
    if (name === 'IDAT') {
      data.push(bytes.slice(offset + 8, end - 4));
    }
    if (name === 'IEND') {
      return pixelDamage(data, size, {
        depth: view.getUint8(24),
        colour: view.getUint8(25),
        interlace: view.getUint8(28),
      });
    }
    offset = end;
  }
}

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

async function pixelDamage(
  data: readonly Uint8Array<ArrayBuffer>[],
  { width, height }: { readonly width: number; readonly height: number },
  { depth, colour, interlace }: { readonly depth: number; readonly colour: number; readonly interlace: number },
): Promise<string | undefined> {
  const row = 1 + Math.ceil((width * depth * (channels[colour] ?? 0)) / 8);
  let inflated = 0;
  try {
    const stream = new Blob([...data]).stream().pipeThrough(new DecompressionStream('deflate'));
    const reader = stream.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      inflated += piece.value.length;
    }
  } catch {
    return 'its pixels cannot be unpacked';
  }
  return interlace === 0 && inflated < row * height ? truncated : undefined;
}

/** From segment to segment to the pixels, and to the mark at the very end. */
function jpegDamage(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 2;
  while (offset + 4 <= bytes.length) {
    const marker = view.getUint8(offset + 1);
    if (view.getUint8(offset) !== 0xff) {
      return 'its parts do not fit';
    }
    if (marker === 0xff) {
      offset += 1;
    } else if (marker === 0xda) {
      return hasEnd(bytes, offset) ? undefined : truncated;
    } else {
      offset += 2 + view.getUint16(offset + 2);
    }
  }
  return truncated;
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 2; at >= from; at -= 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) {
      return true;
    }
  }
  return false;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
