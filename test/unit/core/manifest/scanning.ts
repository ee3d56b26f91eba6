import assert from 'node:assert/strict';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import type { LineProblem } from '../../../../src/core/manifest/lineProblems.js';
import type { SecondScanner } from '../../../../src/core/manifest/documentScan.js';
import { type DocumentOptions, ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { kernelProgram } from '../../../support/kernelProgram.js';

// Compiling takes longer than a test may.
before(async function () {
  this.timeout(240_000);
  await kernelProgram();
});

export const never = new AbortController().signal;

/** Scans with chunks so small that short texts cross every boundary. */
export async function scanned(
  manifest: string | Uint8Array,
  options: DocumentOptions = { chunkBytes: 64, mostLineBytes: 1 << 20 },
): Promise<ManifestDocument> {
  const bytes = typeof manifest === 'string' ? new TextEncoder().encode(manifest) : manifest;
  const document = new ManifestDocument(bytesSource(bytes), await kernelProgram(), options);
  for await (const progress of document.scan(never)) {
    assert.ok(progress.scannedBytes <= progress.totalBytes);
  }
  return document;
}

/** Lets the end of a manifest be scanned by another document, as another thread does it. */
export function secondScanner(bytes: Uint8Array, options: DocumentOptions, firstShare = 0.43): SecondScanner {
  return {
    leastBytes: 0,
    firstShare,
    scanFrom: async (offset, room) => {
      const rest = new ManifestDocument(bytesSource(bytes.subarray(offset)), await kernelProgram(), options);
      return rest.scanPart({ room, isFromStart: offset === 0 }, never);
    },
    dispose: () => undefined,
  };
}

export function problemsOf(document: ManifestDocument): readonly Pick<LineProblem, 'line'>[] {
  return document.problems.kept.map(({ line, reason }) => ({ line, kind: reason.kind }));
}
