import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const classes = ['cat', 'dog', 'horse', 'bird', 'fish', 'sheep', 'cow', 'elephant', 'bear', 'zebra'] as const;
const linesAtOnce = 5_000;

interface BenchLine {
  /** Which object it is. */
  readonly index: number;
  /** What its label is made from. */
  readonly seed: number;
}

/** Lines of an image classification job as Ground Truth writes them: the same ones each time. */
export async function writeManifest(path: string, lines: number): Promise<void> {
  await writeLines(createWriteStream(path), { from: 0, to: lines }, sameObject);
}

/** Adds the lines that a longer manifest would have behind the first `lines`. */
export async function appendLines(path: string, lines: number, more: number): Promise<void> {
  await writeLines(createWriteStream(path, { flags: 'a' }), { from: lines, to: lines + more }, sameObject);
}

/**
 * Another job's manifest of mostly the same objects, which begins in the middle of them: one object in a hundred is
 * another one, and of the others one label in twenty is made from another seed.
 */
export async function writeOtherManifest(path: string, lines: number): Promise<void> {
  await writeLines(createWriteStream(path), { from: 0, to: lines }, (place) => {
    const object = (place + Math.floor(lines / 3)) % lines;
    const index = object % 100 === 7 ? object + lines : object;
    return { index, seed: object % 20 === 3 ? index + 1 : index };
  });
}

function sameObject(place: number): BenchLine {
  return { index: place, seed: place };
}

async function writeLines(
  out: WriteStream,
  { from, to }: { readonly from: number; readonly to: number },
  at: (place: number) => BenchLine,
): Promise<void> {
  for (let first = from; first < to; first += linesAtOnce) {
    const count = Math.min(linesAtOnce, to - first);
    const text = Array.from({ length: count }, (_, index) => `${line(at(first + index))}\n`).join('');
    if (!out.write(text)) {
      await once(out, 'drain');
    }
  }
  out.end();
  await finished(out);
}

function line({ index, seed }: BenchLine): string {
  const random = scramble(seed);
  const id = random % classes.length;
  const moment = new Date(Date.UTC(2026, 0, 1) + index * 1_000);
  return JSON.stringify({
    'source-ref': `s3://ground-truth-labeling-bench/datasets/animals/train/${digits(Math.floor(index / 1_000), 4)}/${digits(index, 8)}.jpg`,
    'animals-first-thousand': id,
    'animals-first-thousand-metadata': {
      confidence: (50 + (random % 46)) / 100,
      'job-name': 'labeling-job/animals-first-thousand',
      'class-name': classes[id],
      'human-annotated': random % 7 < 5 ? 'yes' : 'no',
      'creation-date': `${moment.toISOString().slice(0, 19)}.${digits(random % 1_000_000, 6)}`,
      type: 'groundtruth/image-classification',
    },
  });
}

/** Numbers that look random and are the same on every machine. */
function scramble(index: number): number {
  const mixed = Math.imul(index ^ (index >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
