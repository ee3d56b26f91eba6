import { lineKind } from '../manifest/manifestColumns.js';
import type { ManifestDocument } from '../manifest/manifestDocument.js';
import { parseObject } from '../manifest/parseLine.js';
import { ComparedColumns, status } from './comparedColumns.js';
import { category, LabelCategories, LabelReader, plainRules } from './labelCategories.js';
import { compareLabels } from './labelRule.js';
import type { ComparedAttributes } from './manifestComparison.js';
import { hasObject } from './manifestLines.js';
import { type SourcePairs, unpaired } from './sourcePairs.js';

export interface LinesToCompare {
  readonly here: ManifestDocument;
  readonly there: ManifestDocument;
  readonly pairs: SourcePairs;
  readonly attributes: ComparedAttributes;
}

const pairsAtOnce = 1_000;

/**
 * What became of each line. Labels of different classes have changed, and where the classes are all that a label has,
 * the others have not: columns tell both. Only the rest is read from the files: boxes, spans, what a custom job made.
 */
export async function compareLines(
  input: LinesToCompare,
  onPart: (part: number) => void,
  signal: AbortSignal,
): Promise<ComparedColumns> {
  const { here, there, pairs } = input;
  const columns = new ComparedColumns(here.columns.lines, there.columns.lines, new LabelCategories());
  const toRead = compareColumns(input, columns);
  for (let first = 0; first < toRead.length; first += pairsAtOnce) {
    onPart(first / toRead.length);
    await compareRead(input, columns, toRead.subarray(first, first + pairsAtOnce), signal);
  }
  for (let line = 0; line < there.columns.lines; line++) {
    if (hasObject(there.columns, line) && pairs.isPairedThere[line] !== 1) {
      const isNamed = there.columns.kinds.data[line] !== lineKind.noSource;
      columns.statuses[columns.hereLines + line] = isNamed ? status.onlyThere : status.withoutSource;
    }
  }
  return columns;
}

/** All that columns tell; what they do not is in the lines that are returned. */
function compareColumns({ here, there, pairs, attributes }: LinesToCompare, columns: ComparedColumns): Uint32Array {
  const own = new LabelReader(attributeOf(here, attributes.here), columns.categories);
  const other = new LabelReader(attributeOf(there, attributes.there), columns.categories);
  const toRead = new Uint32Array(here.columns.lines);
  let count = 0;
  columns.there.set(other.categories(there.columns.lines));
  columns.here.set(own.categories(here.columns.lines));
  const note = noteOnce(columns);
  for (let line = 0; line < here.columns.lines; line++) {
    if (!hasObject(here.columns, line)) {
      continue;
    }
    const says = columns.here[line] ?? 0;
    const pair = pairs.thereOf[line] ?? unpaired;
    const otherSays = columns.there[pair];
    if (pair === unpaired) {
      const isNamed = here.columns.kinds.data[line] !== lineKind.noSource;
      columns.statuses[line] = isNamed ? status.onlyHere : status.withoutSource;
    } else if (says === category.rest || otherSays === category.rest) {
      toRead[count++] = line; // One manifest may have a number for a class for which the other has none left.
    } else if (says !== otherSays) {
      columns.statuses[line] = status.changed;
      note(own.plainRule(line) || other.plainRule(pair));
    } else if (says === category.unlabeled || says === category.failed) {
      columns.statuses[line] = status.same;
    } else if (own.plainRule(line) > 0 && other.plainRule(pair) > 0) {
      columns.statuses[line] = status.same;
      note(own.plainRule(line));
      note(other.plainRule(pair));
    } else {
      toRead[count++] = line;
    }
  }
  return toRead.slice(0, count);
}

/** Adds a rule, by its place in `plainRules`, where it was not added before: there are a few of them, and many lines. */
function noteOnce({ rules }: ComparedColumns): (place: number) => void {
  let noted = 0;
  return (place) => {
    const rule = plainRules[place];
    if (rule !== undefined && (noted & (1 << place)) === 0) {
      noted |= 1 << place;
      rules.add(rule);
    }
  };
}

async function compareRead(
  { here, there, pairs, attributes }: LinesToCompare,
  columns: ComparedColumns,
  lines: Uint32Array,
  signal: AbortSignal,
): Promise<void> {
  // Each is read in the order of its own file, where lines that are close to each other are read together.
  const linesThere = Uint32Array.from(lines, (line) => pairs.thereOf[line] ?? 0).toSorted();
  const [own, other] = await Promise.all([here.readTexts(lines, signal), there.readTexts(linesThere, signal)]);
  const otherOf = new Map(Array.from(linesThere, (line, place) => [line, other[place] ?? '']));
  for (const [place, line] of lines.entries()) {
    const text = own[place] ?? '';
    const textThere = otherOf.get(pairs.thereOf[line] ?? 0) ?? '';
    const object = parseObject(text) ?? {};
    const { rule, isSame } = compareLabels(
      { line: object, attribute: attributes.here ?? '' },
      // Most lines of an earlier version are still the same, to the letter.
      { line: text === textThere ? object : (parseObject(textThere) ?? {}), attribute: attributes.there ?? '' },
    );
    columns.statuses[line] = isSame ? status.same : status.changed;
    columns.rules.add(rule);
  }
}

function attributeOf({ columns }: ManifestDocument, name: string | undefined) {
  return columns.attributes.find((attribute) => attribute.name === name);
}
