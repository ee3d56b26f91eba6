import { readImageHeader } from '../manifest/imageHeader.js';
import { pictureType } from '../manifest/pictureType.js';

export type Decoded =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly type: string }
  /** No picture that Ground Truth takes. */
  | { readonly kind: 'otherType'; readonly type: string | undefined }
  /** One that ends before its end, or whose parts do not fit. */
  | { readonly kind: 'damaged'; readonly reason: string };

/** More pixels Ground Truth does not take (reference §1.7), so that nothing is gained by unpacking them. */
export const mostPixels = 100_000_000;

/**
 * Looks through a whole picture as a browser must to show it: its parts, their order and their checks. No more is
 * unpacked than the size that it says has pixels for, piece by piece, and nothing of a picture that is too large.
 */
export async function decodePicture(bytes: Uint8Array, signal: AbortSignal): Promise<Decoded> {
  signal.throwIfAborted();
  const type = pictureType(bytes);
  if (type !== 'image/png' && type !== 'image/jpeg') {
    return { kind: 'otherType', type };
  }
  const header = readImageHeader(bytes);
  if (header.kind !== 'size') {
    return { kind: 'damaged', reason: 'it does not say how large it is' };
  }
  const { width, height } = header;
  if (width * height > mostPixels) {
    return { kind: 'picture', width, height, type };
  }
  const reason = type === 'image/png' ? await pngDamage(bytes, header, signal) : jpegDamage(bytes);
  return reason === undefined ? { kind: 'picture', width, height, type } : { kind: 'damaged', reason };
}

const truncated = 'it ends before its end';

interface Size {
  readonly width: number;
  readonly height: number;
}

async function pngDamage(bytes: Uint8Array, size: Size, signal: AbortSignal): Promise<string | undefined> {
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
      const colour = view.getUint8(25);
      const format = { depth: view.getUint8(24), channels: channels[colour], isInterlaced: view.getUint8(28) !== 0 };
      return format.channels === undefined
        ? `it has no kind of colour that PNG knows (${colour})`
        : pixelDamage(data, { size, bytes: pixelBytes(size, format) }, signal);
    }
    offset = end;
  }
}

const channels: Readonly<Record<number, number | undefined>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface PixelFormat {
  readonly depth: number;
  readonly channels: number | undefined;
  readonly isInterlaced: boolean;
}

/** Where the seven pictures of an interlaced one begin, and how far apart their pixels are: across, and down. */
const adam7 = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

/** Some programs write a little more than there are pixels for, and browsers show it all the same. */
const mostSpareBytes = 64 * 1024;

/** Each row has a byte more, for its filter. */
function pixelBytes({ width, height }: Size, { depth, channels: count = 0, isInterlaced }: PixelFormat): number {
  const of = (across: number, down: number) =>
    across === 0 ? 0 : down * (1 + Math.ceil((across * depth * count) / 8));
  if (!isInterlaced) {
    return of(width, height);
  }
  const passes = adam7.map(([x, every, y, everyRow]) =>
    of(Math.max(0, Math.ceil((width - x) / every)), Math.max(0, Math.ceil((height - y) / everyRow))),
  );
  return passes.reduce((sum, bytes) => sum + bytes, 0);
}

async function pixelDamage(
  data: readonly Uint8Array<ArrayBuffer>[],
  { size: { width, height }, bytes }: { readonly size: Size; readonly bytes: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  const reader = new Blob([...data]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const most = bytes + mostSpareBytes;
  let inflated = 0;
  try {
    for (let piece = await reader.read(); !piece.done && inflated <= most; piece = await reader.read()) {
      signal.throwIfAborted();
      inflated += piece.value.length;
    }
  } catch {
    signal.throwIfAborted();
    return 'its pixels cannot be unpacked';
  } finally {
    await reader.cancel().catch(() => undefined); // One that has failed is told of already.
  }
  if (inflated > most) {
    return `it unpacks to more than its ${width} × ${height} pixels`;
  }
  return inflated < bytes ? truncated : undefined;
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
