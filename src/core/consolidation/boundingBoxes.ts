import { mergeGroups } from './grouping.js';
import { commonLabel, type ConsolidatedMark, consolidateMarks, type Marking } from './marks.js';

/** In pixels of the picture, from its upper left corner. */
export interface Box {
  /** The class, by its place in the list of labels. */
  readonly label: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From this mean Jaccard index on, boxes of one class are the same thing. */
const sameThing = 0.5;
/** So are boxes of different classes that lie this well on each other: it is the class that is in doubt. */
const sameThingOfAnotherClass = 0.7;

/**
 * The boxes of each picture of one consolidation batch. Ground Truth documents that it matches the most similar boxes of
 * the workers by their Jaccard index and averages them, with a confidence for each; how exactly is not published. Here:
 *
 * 1. Boxes of one class are grouped (`mergeGroups`) from a mean Jaccard index of 0.5 on, then groups of different
 *    classes from 0.7 on. A group's class is the one that most of its boxes have, of several the first of the list.
 * 2. A group stays if at least half of the workers who answered have a box in it.
 * 3. Its box is the mean of its boxes' left, top, width and height, to a hundredth of a pixel.
 * 4. Its confidence is round(0.05 + 0.9 · P(yes) · J, 2), as `consolidateMarks` says it, with the Jaccard index.
 *
 * A picture with one answer keeps its boxes as they are, in their order, with 0. Others come sorted by class and place.
 */
export function consolidateBoxes(
  pictures: readonly (readonly Marking<Box>[])[],
): readonly (readonly ConsolidatedMark<Box>[])[] {
  return consolidateMarks(pictures, {
    group(boxes) {
      const ofOneClass = mergeGroups(
        boxes.map((box) => [box]),
        { similarity: (a, b) => (a.label === b.label ? jaccardIndex(a, b) : 0), extent, threshold: sameThing },
      );
      return mergeGroups(ofOneClass, { similarity: jaccardIndex, extent, threshold: sameThingOfAnotherClass });
    },
    merge: meanBox,
    similarity: jaccardIndex,
    support: 1 / 2,
    order: byPlace,
  });
}

function meanBox(boxes: readonly Box[]): Box {
  return {
    label: commonLabel(boxes),
    left: mean(boxes.map(({ left }) => left)),
    top: mean(boxes.map(({ top }) => top)),
    width: mean(boxes.map(({ width }) => width)),
    height: mean(boxes.map(({ height }) => height)),
  };
}

/** To a hundredth: the order in which numbers are added up must not show. */
function mean(values: readonly number[]): number {
  const total = values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0);
  return Math.round((total / values.length) * 100) / 100;
}

/** The area that two boxes share, as a part of the area that either covers. */
function jaccardIndex(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const common = Math.max(width, 0) * Math.max(height, 0);
  return common === 0 ? 0 : common / (a.width * a.height + b.width * b.height - common);
}

function extent({ left, width }: Box): readonly [number, number] {
  return [left, left + width];
}

function byPlace(a: Box, b: Box): number {
  return a.label - b.label || a.top - b.top || a.left - b.left || a.height - b.height || a.width - b.width;
}
