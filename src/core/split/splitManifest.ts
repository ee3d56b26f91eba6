import type { ExportPart } from '../export/exportPart.js';
import type { ByteSource } from '../manifest/byteSource.js';
import { readRawLines } from '../manifest/rawLines.js';
import type { SplitPlan } from './splitPlan.js';

/** The manifests of the parts, `train.manifest` and so on: each line byte for byte as it is, in the order it has. */
export async function* splitManifest(
  source: ByteSource,
  plan: SplitPlan,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const pieces = new Map(plan.parts.map((name): [string, Piece] => [name, new Piece()]));
  let lines = 0;
  for await (const { line, bytes } of readRawLines(source, signal)) {
    lines = line + 1;
    const name = plan.partOf(line);
    const piece = name === undefined ? undefined : pieces.get(name);
    if (piece?.add(bytes)) {
      yield { kind: 'bytes', path: pathOf(name), bytes: piece.take() };
    }
    if (lines % linesPerProgress === 0) {
      yield { kind: 'progress', lines, pass: 1, passes: 1 };
    }
  }
  for (const [name, piece] of pieces) {
    yield { kind: 'bytes', path: pathOf(name), bytes: piece.take() }; // Also of a part without lines: it is a file.
  }
  yield { kind: 'progress', lines, pass: 1, passes: 1 };
}

const linesPerProgress = 1_000;
const pieceBytes = 64 * 1024;

function pathOf(part: string | undefined): string {
  return `${part}.manifest`;
}

/** Lines of one part, until there are enough to be written. */
class Piece {
  #lines: Uint8Array[] = [];
  #bytes = 0;

  /** Whether it is time to take them. */
  add(line: Uint8Array): boolean {
    this.#lines.push(line);
    this.#bytes += line.length;
    return this.#bytes >= pieceBytes;
  }

  take(): Uint8Array {
    const bytes = new Uint8Array(this.#bytes);
    let at = 0;
    for (const line of this.#lines) {
      bytes.set(line, at);
      at += line.length;
    }
    this.#lines = [];
    this.#bytes = 0;
    return bytes;
  }
}
