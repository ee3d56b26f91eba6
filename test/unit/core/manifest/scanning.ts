import assert from 'node:assert/strict';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import type { LineProblem } from '../../../../src/core/manifest/lineProblems.js';
import { firstList, labelState } from '../../../../src/core/manifest/attributeColumns.js';
import { lineKind } from '../../../../src/core/manifest/manifestColumns.js';
import type { LabelReading } from '../../../../src/core/manifest/lineReading.js';
import type { SecondScanner } from '../../../../src/core/manifest/documentScan.js';
import { type DocumentOptions, ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { kernelProgram } from '../../../support/kernelProgram.js';

// Compiling takes longer than a test may.
before(async function () {
  this.timeout(60_000);
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
export function secondScanner(bytes: Uint8Array, options: DocumentOptions): SecondScanner {
  return {
    leastBytes: 0,
    scanFrom: async (offset) => {
      const rest = new ManifestDocument(bytesSource(bytes.subarray(offset)), await kernelProgram(), options);
      return rest.scanPart(never);
    },
  };
}

export function kindOf(document: ManifestDocument, line: number): keyof typeof lineKind {
  const kind = document.columns.kinds.data[line] ?? 0;
  const [name] = Object.entries(lineKind).find(([, value]) => value === kind) ?? [];
  return name as keyof typeof lineKind;
}

/** What the columns say of a line's labels, in the terms in which a parsed line is read. */
export function labelsOf(
  { columns }: ManifestDocument,
  line: number,
): Omit<LabelReading, 'jobName' | 'failureReason'>[] {
  return columns.attributes.flatMap((attribute) => {
    const state = Object.entries(labelState).find(([, value]) => value === (attribute.states.data[line] ?? 0))?.[0];
    if (state === undefined || state === 'unlabeled') {
      return [];
    }
    const confidence = attribute.confidences.data[line] ?? 0;
    const place = attribute.classes.data[line] ?? 0;
    const start = place - firstList;
    const classes =
      place === 0
        ? []
        : place < firstList
          ? [{ name: attribute.classNames.textOf(place - 1), confidence }]
          : Array.from({ length: attribute.lists.data[start] ?? 0 }, (_, index) => ({
              name: attribute.classNames.textOf(attribute.lists.data[start + 1 + index] ?? 0),
              confidence: attribute.listConfidences.data[start + 1 + index] ?? 0,
            }));
    return [
      {
        attribute: attribute.name,
        state: state as LabelReading['state'],
        type: attribute.typeNames.textOf(attribute.types.data[line] ?? 0),
        classes,
        confidence,
        createdAt: attribute.creationTimes.data[line] ?? 0,
      },
    ];
  });
}

export function problemsOf(document: ManifestDocument): readonly Pick<LineProblem, 'line'>[] {
  return document.problems.kept.map(({ line, reason }) => ({ line, kind: reason.kind }));
}
