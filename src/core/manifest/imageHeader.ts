export type ImageHeader =
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'unreadable' }
  /** These bytes end before the size. The segments go on at `next`, which may lie far behind them. */
  | { readonly kind: 'incomplete'; readonly next: number };

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The size that a JPEG or PNG file says it has, from its first bytes. */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (pngSignature.every((value, index) => bytes[index] === value)) {
    return bytes.length < 24
      ? { kind: 'incomplete', next: 0 }
      : sized({ width: view.getUint32(16), height: view.getUint32(20) });
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpegSegments(bytes, 2) : { kind: 'unreadable' };
}

/** Goes from segment to segment to the frame header; anything but a segment on the way is damage. */
export function readJpegSegments(bytes: Uint8Array, start = 0): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = start;
  while (offset + 9 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) {
      return { kind: 'unreadable' };
    }
    const marker = view.getUint8(offset + 1);
    if (marker === 0xff) {
      offset += 1; // Fill bytes may stand before a marker.
    } else if (isFrameHeader(marker)) {
      return sized({ width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) });
    } else if (marker === 0xd9 || marker === 0xda) {
      return { kind: 'unreadable' }; // The picture's data, or its end, before any size.
    } else {
      offset += 2 + view.getUint16(offset + 2);
    }
  }
  return { kind: 'incomplete', next: offset };
}

/** SOF0 to SOF15, without the three markers in between that are something else. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function sized({ width, height }: { readonly width: number; readonly height: number }): ImageHeader {
  return width > 0 && height > 0 ? { kind: 'size', width, height } : { kind: 'unreadable' };
}
