import type { Span } from './drawing.js';

/** A part of a text over which the same spans reach. */
export interface TextPiece<S> {
  readonly text: string;
  /** From the first that begins; of those that begin together, the longest first. The last few, where they are many. */
  readonly spans: readonly S[];
}

/** More spans over each other could not be told apart, and a broken manifest may have thousands. */
const mostOverEachOther = 8;

/** Cuts a text wherever a span begins or ends. The spans are within the text, and may overlap. */
export function textPieces<S extends Pick<Span, 'start' | 'end'>>(
  text: string,
  spans: readonly S[],
): readonly TextPiece<S>[] {
  const characters = Array.from(text); // Code points: what the offsets count.
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([0, characters.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const offsets = [...cuts].toSorted((a, b) => a - b);
  const pieces: TextPiece<S>[] = [];
  let open: readonly S[] = [];
  let next = 0;
  offsets.slice(0, -1).forEach((from, index) => {
    const begun = next;
    while (next < sorted.length && (sorted[next]?.start ?? Infinity) <= from) {
      next += 1;
    }
    open = [...open.filter(({ end }) => end > from), ...sorted.slice(begun, next)];
    pieces.push({ text: characters.slice(from, offsets[index + 1]).join(''), spans: open.slice(-mostOverEachOther) });
  });
  return pieces;
}
