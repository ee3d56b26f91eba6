import { inflateSync } from 'node:zlib';
import type { PngImage } from '../core/labels/semanticSegmentation.js';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Like the pictures themselves: a small file must not become more memory than one of them takes. */
const maximumPixels = 100_000_000;

/** How many samples a pixel has, by the colour type of the PNG specification. */
const samplesOfColorType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * A PNG file that is given in base64: of any colour type, with up to eight bits for a sample and without interlacing,
 * which is all that masks are saved with. An `Error` that is thrown, then or by `rgba`, says what is wrong with the file.
 */
export function readPng(base64: string): PngImage {
  const chunks = readChunks(Buffer.from(base64, 'base64'));
  const header = readHeader(chunks.get('IHDR')?.[0]);
  const { width, height } = header;
  return { width, height, rgba: () => readPixels(chunks, header) };
}

function readPixels(chunks: Chunks, header: Header): Uint8Array {
  const { width, height, bitDepth, samples } = header;
  const rowBytes = Math.ceil((width * bitDepth * samples) / 8);
  const expected = (rowBytes + 1) * height;
  const bytes = inflated(Buffer.concat(chunks.get('IDAT') ?? []), expected);
  unfilter(bytes, { rowBytes, height, pixelBytes: Math.max((bitDepth * samples) / 8, 1) });
  const colors = colorsOf(header, { palette: chunks.get('PLTE')?.[0], transparency: chunks.get('tRNS')?.[0] });
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const line = bytes.subarray(row * (rowBytes + 1) + 1, (row + 1) * (rowBytes + 1));
    colors(line, rgba.subarray(row * width * 4, (row + 1) * width * 4));
  }
  return rgba;
}

type Chunks = ReadonlyMap<string, readonly Buffer[]>;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: number;
  readonly samples: number;
}

function readChunks(file: Buffer): Chunks {
  if (!file.subarray(0, signature.length).equals(signature)) {
    throw new Error('it is not a PNG file.');
  }
  const chunks = new Map<string, Buffer[]>();
  for (let offset = signature.length; offset + 12 <= file.length;) {
    const end = offset + 8 + file.readUInt32BE(offset);
    if (end + 4 > file.length) {
      throw new Error('it ends too early.');
    }
    const type = file.toString('latin1', offset + 4, offset + 8);
    const ofType = chunks.get(type);
    const data = file.subarray(offset + 8, end);
    if (ofType) {
      ofType.push(data);
    } else {
      chunks.set(type, [data]);
    }
    offset = end + 4;
  }
  return chunks;
}

function readHeader(chunk: Buffer | undefined): Header {
  if (chunk?.length !== 13) {
    throw new Error('it has no header.');
  }
  const [width, height] = [chunk.readUInt32BE(0), chunk.readUInt32BE(4)];
  const [bitDepth = 0, colorType = 0, , , interlace] = chunk.subarray(8);
  const samples = samplesOfColorType[colorType];
  if (samples === undefined || width === 0 || height === 0) {
    throw new Error('its header is damaged.');
  }
  if (![1, 2, 4, 8].includes(bitDepth) || interlace !== 0) {
    throw new Error('it must have at most 8 bits for a sample, and no interlacing.');
  }
  if (width * height > maximumPixels) {
    throw new Error('it has more than 100 million pixels.');
  }
  return { width, height, bitDepth, colorType, samples };
}

function inflated(data: Buffer, expected: number): Buffer {
  let bytes: Buffer;
  try {
    bytes = inflateSync(data, { maxOutputLength: expected });
  } catch (error) {
    throw new Error('its pixels are damaged.', { cause: error });
  }
  if (bytes.length !== expected) {
    throw new Error('it has fewer pixels than its header says.');
  }
  return bytes;
}

/** Undoes, in place, what makes rows of pixels easier to compress: each row begins with the number of its filter. */
function unfilter(
  bytes: Buffer,
  { rowBytes, height, pixelBytes }: { readonly rowBytes: number; readonly height: number; readonly pixelBytes: number },
): void {
  let above: Uint8Array = new Uint8Array(rowBytes);
  for (let row = 0; row < height; row += 1) {
    const start = row * (rowBytes + 1);
    const guess = guesses[bytes[start] ?? 0];
    const line = bytes.subarray(start + 1, start + 1 + rowBytes);
    if (guess === undefined) {
      throw new Error('its pixels are damaged.');
    }
    for (let at = 0; at < rowBytes; at += 1) {
      const left = at < pixelBytes ? 0 : (line[at - pixelBytes] ?? 0);
      const upLeft = at < pixelBytes ? 0 : (above[at - pixelBytes] ?? 0);
      line[at] = ((line[at] ?? 0) + guess(left, above[at] ?? 0, upLeft)) & 0xff;
    }
    above = line;
  }
}

/** What each filter of the specification takes a byte for, from those of the pixels beside and above it. */
const guesses: readonly ((left: number, up: number, upLeft: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  nearest,
];

/** Whichever of the three is nearest to left + up − upLeft. */
function nearest(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) {
    return left;
  }
  return toUp <= toUpLeft ? up : upLeft;
}

type Colors = (line: Uint8Array, rgba: Uint8Array) => void;

function colorsOf(
  { colorType, bitDepth, samples }: Header,
  { palette, transparency }: { readonly palette: Buffer | undefined; readonly transparency: Buffer | undefined },
): Colors {
  if (bitDepth < 8 && colorType !== 0 && colorType !== 3) {
    throw new Error('its header is damaged.');
  }
  if (colorType === 3) {
    if (palette === undefined) {
      throw new Error('it has no palette.');
    }
    return eachSample(bitDepth, (sample, rgba, at) => {
      if (sample * 3 >= palette.length) {
        throw new Error('it has a pixel of a colour that is not in its palette.');
      }
      rgba[at] = palette[sample * 3] ?? 0;
      rgba[at + 1] = palette[sample * 3 + 1] ?? 0;
      rgba[at + 2] = palette[sample * 3 + 2] ?? 0;
      rgba[at + 3] = transparency?.[sample] ?? 0xff;
    });
  }
  if (colorType === 0) {
    const transparent = transparency?.readUInt16BE(0);
    const scale = 0xff / ((1 << bitDepth) - 1);
    return eachSample(bitDepth, (sample, rgba, at) => {
      rgba.fill(sample * scale, at, at + 3);
      rgba[at + 3] = sample === transparent ? 0 : 0xff;
    });
  }
  const transparent = colorType === 2 && transparency !== undefined ? [1, 3, 5].map((at) => transparency[at]) : [];
  return (line, rgba) => {
    for (let from = 0, at = 0; at < rgba.length; from += samples, at += 4) {
      const isGray = samples === 2;
      rgba[at] = line[from] ?? 0;
      rgba[at + 1] = line[isGray ? from : from + 1] ?? 0;
      rgba[at + 2] = line[isGray ? from : from + 2] ?? 0;
      const isTransparent = transparent.length > 0 && transparent.every((value, index) => value === line[from + index]);
      rgba[at + 3] = samples === 3 ? (isTransparent ? 0 : 0xff) : (line[from + samples - 1] ?? 0);
    }
  };
}

function eachSample(bitDepth: number, put: (sample: number, rgba: Uint8Array, at: number) => void): Colors {
  const mask = (1 << bitDepth) - 1;
  return (line, rgba) => {
    for (let pixel = 0; pixel * 4 < rgba.length; pixel += 1) {
      const bit = pixel * bitDepth;
      const shift = 8 - bitDepth - (bit & 7);
      put(((line[bit >> 3] ?? 0) >> shift) & mask, rgba, pixel * 4);
    }
  };
}
