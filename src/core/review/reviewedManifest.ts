import { isObject } from '../json.js';
import { readLine } from '../manifest/lineReading.js';
import type { ManifestScan } from '../manifest/manifestScan.js';
import { parseLine } from '../manifest/parseLine.js';
import { readClassIds } from './classIds.js';
import type { Decision, Review } from './review.js';
import { reviewedLine, type ReviewForm } from './reviewedLine.js';

type Scan = Pick<ManifestScan, 'summary' | 'text' | 'rawLines' | 'lines'>;

interface ReviewedManifestOptions {
  readonly form: ReviewForm;
  /** As Ground Truth writes it, see `creationDate`. */
  readonly createdAt: string;
  /** The part of the lines that is done, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** Lines that are copied at once. */
const linesAtOnce = 2_000;

/**
 * A manifest with a review in it, part by part: lines about which nothing was decided are copied byte by byte. Returns
 * how many decisions are about an object that no longer stands in their line: they are left out.
 */
export async function* reviewedManifest(
  scan: Scan,
  review: Review,
  { form, createdAt, onProgress }: ReviewedManifestOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, number> {
  const { attribute } = review;
  const { lines } = await scan.summary(signal);
  const decided = review.decided.toSorted((a, b) => a.line - b.line).filter(({ line }) => line < lines);
  const names = decided.flatMap(({ decision }) => decision?.className ?? []);
  const classIds = await readClassIds(scan, { attribute, names }, signal);
  let lost = review.size - decided.length;
  let next = 0;
  for (const { line } of decided) {
    yield* copied(scan, next, line, signal);
    const text = await scan.text(line, signal);
    const decision = decisionOf(review, line, text);
    next = line + text.split('\n').length;
    if (decision && attribute !== undefined) {
      yield encoded(reviewedLine(text, { attribute, decision, form, classIds, createdAt }));
    } else {
      lost += 1;
      yield* copied(scan, line, next, signal);
    }
    onProgress(next / lines);
  }
  yield* copied(scan, next, lines, signal);
  return lost;
}

/** The source of a line's object; empty where there is none. */
export function sourceOf(text: string): string {
  const parsed = parseLine(text);
  const value = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
  return (value && readLine(value).source?.value) ?? '';
}

function decisionOf(review: Review, line: number, text: string): Decision | undefined {
  return review.decisionAt(line, sourceOf(text));
}

async function* copied(scan: Scan, from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let first = from; first < to; first += linesAtOnce) {
    yield await scan.rawLines(first, Math.min(linesAtOnce, to - first), signal);
  }
}

function encoded(line: string): Uint8Array {
  return new TextEncoder().encode(`${line}\n`);
}
