import process from 'node:process';
import { bytesSource } from '../../src/core/manifest/byteSource.js';
import { ManifestDocument } from '../../src/core/manifest/manifestDocument.js';
import { ManifestReader } from '../../src/core/manifest/manifestReader.js';
import { kernelProgram } from '../support/kernelProgram.js';
import { compareWithParser } from '../unit/core/manifest/comparedLines.js';
import { randomManifest, randomNumbers } from '../unit/core/manifest/randomManifest.js';
import { type Measure, rounded, timed } from './measure.js';

const lines = Number(process.env['BENCH_FUZZ_LINES'] ?? 1_000_000);
const files = Number(process.env['BENCH_FUZZ_FILES'] ?? 10_000);
const seed = Number(process.env['BENCH_FUZZ_SEED'] ?? Date.now() % 1_000_000);
const linesPerManifest = 2_000;
const never = new AbortController().signal;

/** Generated and mutated lines against JSON.parse, and mutated files through all that the editor asks of a manifest. */
export async function bench(): Promise<readonly Measure[]> {
  await kernelProgram(); // Compiling it is no part of what is measured.
  let compared = 0;
  const differences: string[] = [];
  const linesMs = await timed(async () => {
    for (let at = seed; compared < lines; at++) {
      const { bytes, chunkBytes } = randomManifest(at, linesPerManifest);
      const document = await scannedDocument(bytes, Math.max(chunkBytes, 1024));
      compared += document.lines;
      differences.push(...compareWithParser(document, bytes, at));
    }
  });
  const errors: string[] = [];
  const unhandled = (error: unknown) => errors.push(String(error));
  process.on('unhandledRejection', unhandled);
  const filesMs = await timed(async () => {
    for (let at = seed; at < seed + files; at++) {
      await useFile(at).catch((error: unknown) => errors.push(`seed ${at}: ${String(error)}`));
    }
  });
  process.off('unhandledRejection', unhandled);
  for (const message of [...differences, ...errors].slice(0, 20)) {
    console.error(message);
  }
  return [
    figures('manifest lines against JSON.parse', linesMs, { seed, lines: compared, differences: differences.length }),
    figures('mutated files in the manifest editor', filesMs, { seed, files, unhandledErrors: errors.length }),
  ];
}

function figures(name: string, ms: number, counts: Readonly<Record<string, number>>): Measure {
  const wrong = (counts['differences'] ?? 0) + (counts['unhandledErrors'] ?? 0);
  return { bench: name, oursMs: rounded(ms), peer: 'none', peerMs: 0, ratio: 0, ...counts, isGoalMet: wrong === 0 };
}

async function scannedDocument(bytes: Uint8Array, chunkBytes: number): Promise<ManifestDocument> {
  const document = new ManifestDocument(bytesSource(bytes), await kernelProgram(), { chunkBytes });
  for await (const _ of document.scan(never));
  return document;
}

/** A manifest whose bytes were changed anywhere, line breaks too, as the editor opens, lists and searches it. */
async function useFile(at: number): Promise<void> {
  const random = randomNumbers(at);
  const bytes = mangled(randomManifest(at, 1 + Math.floor(random() * 60)).bytes, random);
  const document = await scannedDocument(bytes, 1024);
  const reader = new ManifestReader(document);
  const { attributes } = reader.summary();
  const [first] = attributes;
  for (const by of ['line', 'source', 'class', 'confidence', 'created'] as const) {
    const filter = {
      classes: random() < 0.3 ? (first?.classes ?? []).slice(0, 2).map(({ name }) => name) : [],
      confidence: random() < 0.2 ? { from: 0, to: random() } : undefined,
      states: random() < 0.2 ? (['human', 'failed'] as const) : [],
      text: random() < 0.3 ? '.jpg' : '',
    };
    const sort = { by, isDescending: random() < 0.5 };
    const { total } = await reader.rows({ attribute: first?.name, filter, sort }, { first: 0, count: 50 }, never);
    await reader.lines({ attribute: first?.name, filter, sort }, Math.floor(random() * total), 5, never);
  }
  reader.problems(0, 100);
  await document.readRaw(0, document.lines, never);
  await reader.text(Math.floor(random() * document.lines), never);
}

function mangled(bytes: Uint8Array, random: () => number): Uint8Array {
  const changed = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
  for (let count = Math.floor(random() * 12); count > 0; count--) {
    changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
  }
  return changed;
}
