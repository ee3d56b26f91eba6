import type { ManifestScan } from '../manifest/manifestScan.js';
import { readClassIds } from './classIds.js';
import type { Placed, Review } from './review.js';
import { reviewedLine, type ReviewForm } from './reviewedLine.js';
import { readReviewed } from './reviewedObject.js';

type Scan = Pick<ManifestScan, 'summary' | 'text' | 'rawLines' | 'lines'>;

interface SavedReview {
  /** Lines that say something else: an adjusted copy says nothing of labels that were only accepted. */
  readonly written: number;
  /** Decisions about an object that is not in the manifest any more: they are left out. */
  readonly lost: number;
}

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
 * A manifest with a review in it, part by part: of lines about which nothing was decided all characters are copied as
 * they are, with a line feed after each line.
 */
export async function* reviewedManifest(
  scan: Scan,
  review: Review,
  { form, createdAt, onProgress }: ReviewedManifestOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, SavedReview> {
  const { attribute } = review;
  const { lines, attributes } = await scan.summary(signal);
  const type = attributes.find(({ name }) => name === attribute)?.types[0];
  const decided = review.placed.toSorted((a, b) => a.line - b.line).filter(({ line }) => line < lines);
  const names = decided.flatMap(({ decision: { verdict } }) => (verdict?.kind === 'changed' ? verdict.className : []));
  const classIds = await readClassIds(scan, { attribute: attribute ?? '', names }, signal);
  let written = 0;
  let lost = review.size - decided.length;
  let next = 0;
  for (const placed of decided) {
    const { line, decision } = placed;
    yield* copied(scan, next, line, signal);
    const text = await scan.text(line, signal);
    next = line + text.split('\n').length;
    if (attribute !== undefined && isStill(placed, text, attribute)) {
      const reviewed = reviewedLine(text, { attribute, decision, form, classIds, type, createdAt });
      written += reviewed === text ? 0 : 1;
      yield encoded(reviewed);
    } else {
      lost += 1;
      yield* copied(scan, line, next, signal);
    }
    onProgress(next / lines);
  }
  yield* copied(scan, next, lines, signal);
  return { written, lost };
}

/** The manifest may be another one since the review was placed. */
function isStill({ object }: Placed, text: string, attribute: string): boolean {
  const { source, said } = readReviewed(text, attribute);
  return (source?.value ?? '') === object.source && said === object.said;
}

async function* copied(scan: Scan, from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let first = from; first < to; first += linesAtOnce) {
    yield await scan.rawLines(first, Math.min(linesAtOnce, to - first), signal);
  }
}

function encoded(line: string): Uint8Array {
  return new TextEncoder().encode(`${line}\n`);
}
