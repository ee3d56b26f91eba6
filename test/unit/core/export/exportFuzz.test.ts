import assert from 'node:assert/strict';
import process from 'node:process';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { exportCoco } from '../../../../src/core/export/coco.js';
import { exportCsv } from '../../../../src/core/export/csv.js';
import { exportHuggingFace } from '../../../../src/core/export/huggingFace.js';
import { exportImageFolders } from '../../../../src/core/export/imageFolders.js';
import { type ExportInput, labeledObjects } from '../../../../src/core/export/labeledObjects.js';
import { exportLabelStudio } from '../../../../src/core/export/labelStudio.js';
import { exportPascalVoc } from '../../../../src/core/export/pascalVoc.js';
import { exportYolo } from '../../../../src/core/export/yolo.js';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import { metadataSuffix, readLine } from '../../../../src/core/manifest/lineReading.js';
import { readManifestObjects } from '../../../../src/core/manifest/manifestObjects.js';
import { readCoco } from '../../../support/cocoFile.js';
import { type Exported, never, written } from '../../../support/exported.js';
import { lint } from '../../../support/linted.js';
import { randomManifest } from '../manifest/randomManifest.js';

// Whatever a manifest holds, each of its objects is exported or told, and what is written can be read. A failing run
// prints its seed; EXPORT_FUZZ_MANIFESTS and EXPORT_FUZZ_SEED make it longer, or repeat it.
const manifests = Number(process.env['EXPORT_FUZZ_MANIFESTS'] ?? 40);
const firstSeed = Number(process.env['EXPORT_FUZZ_SEED'] ?? Date.now() % 1_000_000);

interface Format {
  readonly name: string;
  readonly run: (input: ExportInput) => Promise<Exported>;
  /** How many objects are in what was written. */
  readonly count: (exported: Exported) => number;
}

const formats: readonly Format[] = [
  {
    name: 'CSV',
    run: (input) => written(exportCsv(input, { path: 'f' }, never)),
    count: ({ files }) => {
      const rows: readonly { readonly line: string }[] = parseCsv(files['f'] ?? '', {
        columns: true,
        record_delimiter: '\r\n',
      });
      return new Set(rows.map(({ line }) => line)).size;
    },
  },
  {
    name: 'image folders',
    run: (input) => written(exportImageFolders(input, {}, never)),
    count: ({ copies }) => Object.keys(copies).length,
  },
  {
    name: 'COCO',
    run: (input) => written(exportCoco(input, { path: 'f' }, never)),
    count: ({ files }) => readCoco(files['f'] ?? '').images.length,
  },
  {
    name: 'YOLO',
    run: (input) => written(exportYolo(input, {}, never)),
    count: ({ files }) => {
      parseYaml(files['data.yaml'] ?? '');
      return Object.keys(files).length - 1;
    },
  },
  {
    name: 'Pascal VOC',
    run: (input) => written(exportPascalVoc(input, never)),
    count: ({ files }) => Object.keys(files).length,
  },
  {
    name: 'Hugging Face',
    run: (input) => written(exportHuggingFace(input, {}, never)),
    count: ({ files }) => (files['metadata.jsonl'] ?? '').split('\n').length - 1,
  },
  {
    name: 'Label Studio',
    run: (input) => written(exportLabelStudio(input, { path: 'f', configPath: 'c' }, never)),
    count: ({ files }) => (JSON.parse(files['f'] ?? '') as unknown[]).length,
  },
];

describe('exporting generated and mutated manifests', () => {
  for (const { name, run, count } of formats) {
    it(`exports or tells each object as ${name} (seed ${firstSeed})`, async () => {
      for (let seed = firstSeed; seed < firstSeed + manifests; seed += 1) {
        const source = bytesSource(randomManifest(seed, 60).bytes);
        for (const attribute of await attributesIn(source)) {
          const input = { source, attribute };
          const exported = await run(input);
          const told = new Set(
            exported.skipped.flatMap(({ line, reason }) => (reason.kind === 'markOutside' ? [] : [line])),
          );
          assert.equal(count(exported) + told.size, await objectsIn(input), `seed ${seed}, attribute ${attribute}`);
        }
      }
    });
  }

  it(`finds what is wrong with any of them (seed ${firstSeed})`, async () => {
    for (let seed = firstSeed; seed < firstSeed + manifests; seed += 1) {
      const { bytes } = randomManifest(seed, 60);
      const objects = await objectsIn({ source: bytesSource(bytes), attribute: 'lan' });
      const lines = new Set((await lint(bytes)).map(({ range }) => range.startLine));
      assert.ok(lines.size <= objects + 1, `seed ${seed}`);
    }
  });
});

async function attributesIn(source: ExportInput['source']): Promise<readonly string[]> {
  const attributes = new Set(['lan', `lan${metadataSuffix}`]);
  for await (const object of readManifestObjects(source, never)) {
    for (const { attribute } of object.kind === 'object' ? readLine(object.value).labels : []) {
      attributes.add(attribute);
    }
  }
  return [...attributes].slice(0, 6);
}

/** How many lines begin an object or are none. */
async function objectsIn(input: ExportInput): Promise<number> {
  const lines = new Set<number>();
  for await (const object of labeledObjects(input, { pass: 1, passes: 1 }, never)) {
    if (object.kind !== 'progress') {
      assert.ok(!lines.has(object.line), `line ${object.line} comes once`);
      lines.add(object.line);
    }
  }
  return lines.size;
}
