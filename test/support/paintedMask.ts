import type { JsonObject } from '../../src/core/json.js';
import { pngFile } from './pngFile.js';

/** A worker's mask, drawn with letters: `b` for the label "bicycle". */
export function paintedMask(rows: readonly string[]): JsonObject {
  const width = rows[0]?.length ?? 0;
  const pixels = rows.flatMap((row) => Array.from(row, (letter) => (letter === 'b' ? [1, 2, 3, 255] : [0, 0, 0, 0])));
  const file = pngFile({ width, height: rows.length, bitDepth: 8, colorType: 6 }, pixels.flat());
  return {
    'crowd-semantic-segmentation': {
      inputImageProperties: { height: rows.length, width },
      labelMappings: { bicycle: { color: '#010203' } },
      labeledImage: { pngImageData: Buffer.from(file).toString('base64') },
    },
  };
}
