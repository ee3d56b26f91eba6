import assert from 'node:assert/strict';
import process from 'node:process';
import { bytesSource } from '../../../../src/core/manifest/byteSource.js';
import type { DocumentOptions, ManifestDocument } from '../../../../src/core/manifest/manifestDocument.js';
import { type ManifestSummary, summarize } from '../../../../src/core/manifest/manifestSummary.js';
import { compareWithParser, keptCharacters } from './comparedLines.js';
import { kindOf, labelsOf } from './scannedLines.js';
import type { SecondScanner } from '../../../../src/core/manifest/documentScan.js';
import { never, scanned, secondScanner } from './scanning.js';
import { randomManifest, randomNumbers } from './randomManifest.js';

// What the scanner says of a line must be what JSON.parse would say, whatever the line. A failing run prints its seed;
// MANIFEST_FUZZ_LINES and MANIFEST_FUZZ_SEED make it longer, or repeat it.
const lines = Number(process.env['MANIFEST_FUZZ_LINES'] ?? 20_000);
const firstSeed = Number(process.env['MANIFEST_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const linesPerManifest = 200;

describe('scanning generated and mutated lines', () => {
  it(`says of ${lines} lines what JSON.parse says (seed ${firstSeed})`, async function () {
    this.timeout(lines * 6 + 10_000);
    let withObject = 0;
    for (let seed = firstSeed; seed < firstSeed + lines / linesPerManifest; seed++) {
      withObject += await compare(seed);
    }
    assert.ok(scannedInTwo > lines / linesPerManifest, `only ${scannedInTwo} second parts were scanned`);
    assert.ok(
      withObject > lines / 2,
      `only ${withObject} of ${lines} lines were objects: the generator tests too little`,
    );
  });
});

/** What is scanned in parts must be what is scanned in one go, to the last number. */
async function compareParts(parts: ManifestDocument, whole: ManifestDocument, message: string) {
  assert.equal(parts.lines, whole.lines, `the lines of ${message}`);
  assert.equal(parts.columns.lines, whole.lines, `the lines in the columns of ${message}`);
  assert.deepEqual(parts.problems.part(), whole.problems.part(), `the problems of ${message}`);
  assert.deepEqual(namesOf(parts), namesOf(whole), `the names of ${message}`);
  assert.deepEqual(summaryOf(parts), summaryOf(whole), `the summary of ${message}`);
  for (let line = 0; line < whole.lines; line++) {
    assert.equal(kindOf(parts, line), kindOf(whole, line), `line ${line} of ${message}`);
    assert.equal(keptSourceOf(parts, line), keptSourceOf(whole, line), `line ${line} of ${message}`);
    assert.deepEqual(labelsOf(parts, line), labelsOf(whole, line), `line ${line} of ${message}`);
  }
  const late = Math.max(0, whole.lines - 3);
  const sample = Uint32Array.of(0, late >> 1, late, late + 1);
  assert.deepEqual(await parts.readObjects(sample, never), await whole.readObjects(sample, never));
}

/** Grows from nothing to all of `bytes` in random cuts, some of them between lines, the first one maybe in two parts. */
async function grown(bytes: Uint8Array, options: DocumentOptions, seed: number): Promise<ManifestDocument> {
  const random = randomNumbers(seed);
  let length = Math.floor(random() * bytes.length);
  const start = bytes.subarray(0, length);
  const document = await scanned(start, {
    ...options,
    secondScanner: random() < 0.5 ? secondScanner(start, options) : undefined,
  });
  while (length < bytes.length) {
    length += Math.ceil(random() ** 2 * (bytes.length - length));
    length = random() < 0.3 ? bytes.indexOf(0x0a, length) + 1 || bytes.length : length;
    const source = bytesSource(bytes.subarray(0, length));
    const mostBytes = random() < 0.5 ? bytes.length : 100;
    const scan = await document.follow(source, { mostBytes, random, signal: never });
    assert.ok(scan, `it has grown, seed ${seed}`);
    for await (const progress of scan) {
      assert.ok(progress.scannedBytes <= progress.totalBytes);
    }
  }
  return document;
}

/** A text with bytes that are no UTF-8 is cut by what was read: its bytes, or the characters that stand for them. */
function keptSourceOf(document: ManifestDocument, line: number): string {
  const source = document.columns.sourceOf(line);
  return kindOf(document, line) === 'text' ? source.slice(0, keptCharacters) : source;
}

/** The means to twelve digits: what is added up in another order may differ in the last ones. */
function summaryOf({ columns }: ManifestDocument) {
  const summary = summarize(columns);
  return {
    summary: withoutMeans(summary),
    means: summary.attributes.map(({ confidence }) => confidence.mean.toPrecision(12)),
  };
}

function withoutMeans(summary: ManifestSummary): unknown {
  return JSON.parse(JSON.stringify(summary, (key, value: unknown) => (key === 'mean' ? undefined : value)));
}

/** In the order in which they were first seen. */
function namesOf({ columns }: ManifestDocument) {
  const { folders, attributes } = columns.part();
  return [
    folders,
    attributes.map(({ name, classNames, typeNames, jobNames }) => [name, classNames, typeNames, jobNames]),
  ];
}

/** How often a second part was scanned at all. */
let scannedInTwo = 0;

async function compare(seed: number): Promise<number> {
  const { bytes, chunkBytes } = randomManifest(seed, linesPerManifest);
  const options = { chunkBytes, mostLineBytes: 1 << 22 };
  const document = await scanned(bytes, options);
  for (const firstShare of [0.43, 0]) {
    const second = secondScanner(bytes, options, firstShare);
    const counted: SecondScanner = {
      ...second,
      scanFrom: (...given) => {
        scannedInTwo++;
        return second.scanFrom(...given);
      },
    };
    const inTwo = await scanned(bytes, { ...options, secondScanner: counted });
    await compareParts(inTwo, document, `two parts, the first of ${firstShare}, seed ${seed}`);
  }
  if (seed % 3 === 0) {
    await compareParts(await grown(bytes, options, seed), document, `a manifest that has grown, seed ${seed}`);
  }
  assert.deepEqual(compareWithParser(document, bytes, seed), []);
  const isRow = (line: number) => ['object', 'text', 'noSource'].includes(kindOf(document, line));
  return Array.from({ length: document.lines }, (_, line) => line).filter(isRow).length;
}
