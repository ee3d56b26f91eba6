import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import process from 'node:process';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import { readLine } from '../../../../src/core/manifest/lineReading.js';
import { readManifestObjects } from '../../../../src/core/manifest/manifestObjects.js';
import { randomManifest } from './randomManifest.js';
import { kindOf } from './scannedLines.js';
import { never, scanned } from './scanning.js';

// What is exported of a manifest must be what the editor shows of it. A failing run prints its seed.
const firstSeed = Number(process.env['MANIFEST_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const manifests = 300;

describe('readManifestObjects', () => {
  it(`reads generated and mutated manifests as the editor does (seed ${firstSeed})`, async () => {
    let compared = 0;
    for (let seed = firstSeed; seed < firstSeed + manifests; seed += 1) {
      const { bytes } = randomManifest(seed, 10);
      if (!isUtf8(bytes)) {
        continue; // The editor shows such a line with replacements; an export reports it.
      }
      compared += 1;
      const document = await scanned(bytes);
      const shown = Array.from({ length: document.lines }, (_, line) => kindOf(document, line));
      assert.deepEqual(await kindsIn(bytes, document.lines), shown, `seed ${seed}`);
    }
    assert.ok(compared > manifests / 4, `only ${compared} manifests were compared`);
  });
});

async function kindsIn(bytes: Uint8Array, lines: number): Promise<readonly string[]> {
  const kinds = Array.from({ length: lines }, () => 'continuation');
  for await (const object of readManifestObjects(bytesSource(bytes), never)) {
    kinds[object.line] =
      object.kind === 'object'
        ? (readLine(object.value).source?.kind ?? 'noSource')
        : object.reason.kind === 'blank'
          ? 'blank'
          : 'broken';
  }
  return kinds;
}
