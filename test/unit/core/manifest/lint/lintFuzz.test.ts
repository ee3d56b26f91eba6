import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { bytesSource } from '../../../../../src/core/manifest/byteSource.js';
import { fixedManifest } from '../../../../../src/core/manifest/lint/fixedManifest.js';
import { never } from '../../../../support/exported.js';
import { labeledLines } from '../../../../support/brokenManifests.js';
import { lint } from '../../../../support/linted.js';

describe('the lint of manifests', () => {
  it('takes any bytes that a manifest may have become, and has the same lines to fix as it tells of', async () => {
    const change = fc.record({ at: fc.nat(), remove: fc.nat(6), by: fc.uint8Array({ maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(labeledLines, fc.array(change, { minLength: 1, maxLength: 5 }), async (text, changes) => {
        const bytes = changes.reduce((current, { at, remove, by }) => {
          const start = at % (current.length + 1);
          return Buffer.concat([current.subarray(0, start), by, current.subarray(start + remove)]);
        }, Buffer.from(text));
        const findings = await lint(bytes);
        const options = { context: {}, location: 'a' };
        const parts: Uint8Array[] = [];
        for await (const part of fixedManifest(bytesSource(bytes), options, never)) {
          parts.push(part);
        }
        const isSame = Buffer.concat(parts).equals(bytes);
        assert.equal(
          isSame,
          findings.every(({ fix }) => fix === undefined),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
