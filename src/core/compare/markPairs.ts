import { type Box, boundsOf, type Mark } from '../export/marks.js';

/** The part that two boxes must have in common of what they cover together. */
const leastOverlap = 0.5;
/** Pixels: what has no area is at the same place where no side of its bounds is farther off. */
const mostShift = 5;

/**
 * Whether each mark of the one label can be paired with one of the other: of the same class and kind, and at the same
 * place. Boxes and polygons are where their bounds overlap by half or more; points and lines, within a few pixels.
 */
export function haveSameMarks(one: readonly Mark[], other: readonly Mark[]): boolean {
  if (one.length !== other.length) {
    return false;
  }
  const candidates = one.map((mark) => [...other.keys()].filter((place) => areAlike(mark, other[place] ?? mark)));
  return canAllBePaired(candidates);
}

function areAlike(one: Mark, other: Mark): boolean {
  if (one.name !== other.name || one.shape !== other.shape) {
    return false;
  }
  const hasArea = one.shape === 'box' || one.shape === 'polygon';
  const [a, b] = [boundsOf(one), boundsOf(other)];
  return hasArea && a.width * a.height > 0 && b.width * b.height > 0 ? overlap(a, b) >= leastOverlap : areClose(a, b);
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

function areClose(a: Box, b: Box): boolean {
  const shifts = [a.left - b.left, a.top - b.top, a.left + a.width - b.left - b.width];
  return [...shifts, a.top + a.height - b.top - b.height].every((shift) => Math.abs(shift) <= mostShift);
}

/** Kuhn's algorithm: where a candidate is taken, whoever has it looks for another. */
function canAllBePaired(candidates: readonly (readonly number[])[]): boolean {
  const takenBy = new Map<number, number>();
  const pair = (mark: number, tried: Set<number>): boolean =>
    (candidates[mark] ?? []).some((candidate) => {
      if (tried.has(candidate)) {
        return false;
      }
      tried.add(candidate);
      const owner = takenBy.get(candidate);
      if (owner !== undefined && !pair(owner, tried)) {
        return false;
      }
      takenBy.set(candidate, mark);
      return true;
    });
  return candidates.every((_, mark) => pair(mark, new Set()));
}
