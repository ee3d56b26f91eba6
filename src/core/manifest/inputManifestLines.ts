const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** No line that a job can take is longer: 100,000 characters of at most four bytes. */
const maximumLineBytes = 400_000;

export interface ManifestLine {
  readonly text: string;
  /** What is no UTF-8 stands in the text as replacement characters. */
  readonly isUtf8: boolean;
}

/**
 * The lines of a manifest as its bytes come in, without their ends. Of a line that is too long for any job only the
 * beginning is kept, so that memory stays small whatever the file holds.
 */
export async function* readManifestLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ManifestLine> {
  let isFirst = true;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;

  const keep = (piece: Uint8Array): void => {
    const room = Math.max(maximumLineBytes + 1 - pendingBytes, 0);
    const kept = piece.subarray(0, room);
    if (kept.length > 0) {
      pending.push(kept);
      pendingBytes += kept.length;
    }
  };
  const finish = (): ManifestLine => {
    const bytes = joined(pending, pendingBytes);
    const start = isFirst && byteOrderMark.every((value, index) => bytes[index] === value) ? byteOrderMark.length : 0;
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    isFirst = false;
    pending = [];
    pendingBytes = 0;
    return decoded(bytes.subarray(start, end));
  };

  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(newline);
    while (end !== -1) {
      keep(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
      end = chunk.indexOf(newline, start);
    }
    keep(chunk.subarray(start));
  }
  if (pendingBytes > 0) {
    yield finish();
  }
}

const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decoded(bytes: Uint8Array): ManifestLine {
  try {
    return { text: strictDecoder.decode(bytes), isUtf8: true };
  } catch {
    return { text: lenientDecoder.decode(bytes), isUtf8: false };
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) {
    return only;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
