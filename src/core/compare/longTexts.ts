import { readLine } from '../manifest/lineReading.js';
import { lineKind, longestKeptText } from '../manifest/manifestColumns.js';
import type { ManifestDocument } from '../manifest/manifestDocument.js';
import { textHash } from '../textHash.js';

const linesAtOnce = 1_000;

/** A hash of each text that columns have only the beginning of, by line; `undefined` where there is none. */
export async function hashLongTexts(
  document: ManifestDocument,
  signal: AbortSignal,
): Promise<Float64Array | undefined> {
  const { columns } = document;
  if (!columns.hasCutTexts) {
    return undefined;
  }
  const { kinds, nameStarts } = columns;
  const hashes = new Float64Array(columns.lines);
  const encoder = new TextEncoder();
  let lines: number[] = [];
  for (let line = 0; line <= columns.lines; line++) {
    if (lines.length === linesAtOnce || line === columns.lines) {
      const objects = await document.readObjects(Uint32Array.from(lines), signal);
      for (const [place, object] of objects.entries()) {
        const text = object ? (readLine(object).source?.value ?? '') : '';
        if (encoder.encode(text).length > longestKeptText) {
          hashes[lines[place] ?? 0] = textHash(text);
        }
      }
      lines = [];
    }
    const length = (nameStarts.data[line + 1] ?? 0) - (nameStarts.data[line] ?? 0);
    if (kinds.data[line] === lineKind.text && length >= longestKeptText) {
      lines.push(line);
    }
  }
  return hashes;
}
