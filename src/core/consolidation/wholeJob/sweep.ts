import type { AnswerTable } from './answerTable.js';
import { type SweepLayout, sweepModule } from './sweepCode.js';

/**
 * The tables of an estimate by expectation and maximisation, and its rounds. They lie in one memory, which the machine
 * code of the rounds works in. State g · `evenClasses` + k is class k of kind g; classes are made even with one that
 * has no share.
 */
export interface Sweep {
  readonly evenClasses: number;
  readonly states: number;
  /** To be set before a round: for each state the logarithm of its share, −∞ for a class that is none. */
  readonly shares: Float64Array;
  /** To be set before a round: for each cell of the answer table and state, how likely the answer is, as a logarithm. */
  readonly logarithms: Float64Array;
  /** After a round: `evenClasses` for each row. */
  readonly posteriors: Float64Array;
  /** After a round: for each state, how many objects are in it. */
  readonly totals: Float64Array;
  /** After a round: for each cell and state, how many answers of objects in that state there are. */
  readonly counts: Float64Array;
  /** One round over all rows. Gives the greatest change of a probability. */
  run(): number;
}

export function createSweep(table: AnswerTable, subtypes: number): Sweep {
  const evenClasses = table.classCount + (table.classCount % 2);
  const states = evenClasses * subtypes;
  const cellCount = table.cellWorkers.length;
  const sizes = {
    rows: (table.rowCount + 1) * 4,
    cells: table.answers.length * 4,
    weights: table.rowCount * 8,
    posteriors: table.rowCount * evenClasses * 8,
    shares: states * 8,
    totals: states * 8,
    logarithms: cellCount * states * 8,
    counts: cellCount * states * 8,
  };
  const { layout, bytes } = laidOut(sizes);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const integers = (place: keyof SweepLayout) => new Int32Array(memory.buffer, layout[place], sizes[place] / 4);
  const numbers = (place: keyof SweepLayout) => new Float64Array(memory.buffer, layout[place], sizes[place] / 8);

  integers('rows').set(table.rowStarts.map((start) => start * 4));
  integers('cells').set(table.answers.map((cell) => cell * states * 8));
  numbers('weights').set(table.weights);
  const module = new WebAssembly.Module(sweepModule({ evenClasses, subtypes }, layout));
  const { run } = new WebAssembly.Instance(module, { in: { memory } }).exports as {
    readonly run: (first: number, end: number) => number;
  };
  const totals = numbers('totals');
  const counts = numbers('counts');
  return {
    evenClasses,
    states,
    shares: numbers('shares'),
    logarithms: numbers('logarithms'),
    posteriors: numbers('posteriors'),
    totals,
    counts,
    run() {
      totals.fill(0);
      counts.fill(0);
      let change = 0;
      for (let first = 0; first < table.rowCount; first += rowsAtOnce) {
        change = Math.max(change, run(first, Math.min(first + rowsAtOnce, table.rowCount)));
      }
      return change;
    },
  };
}

/** What the last round left of the classes: `classCount` probabilities for each row. */
export function rowPosteriors({ posteriors, evenClasses }: Sweep, { rowCount, classCount }: AnswerTable): Float64Array {
  const compact = new Float64Array(rowCount * classCount);
  for (let row = 0; row < rowCount; row += 1) {
    const from = row * evenClasses;
    compact.set(posteriors.subarray(from, from + classCount), row * classCount);
  }
  return compact;
}

/** The machine code is first compiled quickly, and well once it has been called often: not while a call runs. */
const rowsAtOnce = 4_096;

const pageBytes = 65_536;
const alignment = 16;

function laidOut(sizes: Readonly<Record<keyof SweepLayout, number>>): {
  readonly layout: SweepLayout;
  readonly bytes: number;
} {
  let bytes = 0;
  const place = (name: keyof SweepLayout): number => {
    const start = bytes;
    bytes = Math.ceil((bytes + sizes[name]) / alignment) * alignment;
    return start;
  };
  const layout = {
    rows: place('rows'),
    cells: place('cells'),
    weights: place('weights'),
    posteriors: place('posteriors'),
    shares: place('shares'),
    totals: place('totals'),
    logarithms: place('logarithms'),
    counts: place('counts'),
  };
  return { layout, bytes };
}
