import { type Code, f64, i32, local, moduleBytes, v128, whileLoop } from './webAssembly.js';

/** Where in the memory of a sweep each of its tables begins, in bytes. */
export interface SweepLayout {
  /** For each row, and one more, where its cells begin, in bytes after `cells`: integers of 32 bits. */
  readonly rows: number;
  /** Of every answer of a row the place of its cell in `logarithms` and `counts`, in bytes: integers of 32 bits. */
  readonly cells: number;
  /** How many objects each row stands for. */
  readonly weights: number;
  /** Of each row, the probabilities of the classes. */
  readonly posteriors: number;
  /** The logarithm of each state's share. */
  readonly shares: number;
  /** Per state, how many objects are in it. */
  readonly totals: number;
  /** Per cell and state, the logarithm of how likely the answer is. */
  readonly logarithms: number;
  /** Per cell and state, how often the answer was given. */
  readonly counts: number;
}

export interface SweepShape {
  /** Classes, made even: two go through the processor at a time. */
  readonly evenClasses: number;
  /** Kinds of objects within a class. The state of class k and kind g is number g · evenClasses + k. */
  readonly subtypes: number;
}

// The numbers of the function's local variables. Those of the states come behind them.
const [row, end, first, stop, answer, cell, change, scratch, greatest, scaled, rest] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
];
const firstState = 11;

/**
 * One round of expectation over the rows from the first parameter to the one before the second. For each row with its
 * answers a: s[j] = shares[j] + Σ_a logarithms[a][j], made probabilities by s[j] = exp(s[j] − max s) / Σ; posteriors
 * are their sums over the kinds of a class; weight · s[j] is added to totals[j] and to counts[a][j] of each answer.
 * The result is the greatest change of any posterior.
 *
 * It is machine code, since a million answers go through here a hundred times: it takes less than half of
 * JavaScript's time.
 */
export function sweepModule({ evenClasses, subtypes }: SweepShape, at: SweepLayout): Uint8Array<ArrayBuffer> {
  const pairsOfClasses = evenClasses / 2;
  const pairs = Array.from({ length: pairsOfClasses * subtypes }, (_, pair) => pair);
  const state = (pair: number): number => firstState + pair;
  const update = (pair: number, value: Code): Code => local.set(state(pair), value);
  const states = pairs.map((pair) => local.get(state(pair)));
  const nowhere = i32.constant(0);

  const oneRow: Code = [
    local.set(first, i32.load(at.rows, i32.multiply(local.get(row), i32.constant(4)))),
    local.set(stop, i32.load(at.rows + 4, i32.multiply(local.get(row), i32.constant(4)))),

    pairs.map((pair) => update(pair, v128.load(at.shares + pair * 16, nowhere))),
    eachAnswer(
      at,
      pairs.map((pair) => {
        const likelihood = v128.load(at.logarithms + pair * 16, local.get(cell));
        return update(pair, v128.add(local.get(state(pair)), likelihood));
      }),
    ),

    local.set(greatest, ofBoth(v128.larger, states.reduce(v128.larger))),
    pairs.map((pair) => [
      local.set(scratch, v128.subtract(local.get(state(pair)), local.get(greatest))),
      update(pair, exponential(scratch)),
    ]),
    local.set(scratch, v128.divide(v128.constant(1), ofBoth(v128.add, states.reduce(v128.add)))),
    pairs.map((pair) => update(pair, v128.multiply(local.get(state(pair)), local.get(scratch)))),

    local.set(cell, i32.multiply(local.get(row), i32.constant(evenClasses * 8))),
    Array.from({ length: pairsOfClasses }, (_, pair) => {
      const before = v128.load(at.posteriors + pair * 16, local.get(cell));
      return [
        local.set(scratch, states.filter((_state, other) => other % pairsOfClasses === pair).reduce(v128.add)),
        local.set(change, v128.larger(local.get(change), v128.absolute(v128.subtract(local.get(scratch), before)))),
        v128.store(at.posteriors + pair * 16, local.get(cell), local.get(scratch)),
      ];
    }),

    local.set(scratch, v128.twice(f64.load(at.weights, i32.multiply(local.get(row), i32.constant(8))))),
    pairs.map((pair) => {
      const total = v128.load(at.totals + pair * 16, nowhere);
      return [
        update(pair, v128.multiply(local.get(state(pair)), local.get(scratch))),
        v128.store(at.totals + pair * 16, nowhere, v128.add(total, local.get(state(pair)))),
      ];
    }),
    eachAnswer(
      at,
      pairs.map((pair) => {
        const count = v128.load(at.counts + pair * 16, local.get(cell));
        return v128.store(at.counts + pair * 16, local.get(cell), v128.add(count, local.get(state(pair))));
      }),
    ),

    local.set(row, i32.add(local.get(row), i32.constant(1))),
  ];
  return moduleBytes({
    parameters: ['i32', 'i32'],
    result: 'f64',
    locals: Array.from({ length: firstState - 2 + pairs.length }, (_, index) => (index + 2 < change ? 'i32' : 'v128')),
    body: [
      whileLoop(i32.isBelow(local.get(row), local.get(end)), oneRow),
      v128.first(ofBoth(v128.larger, local.get(change))),
    ],
  });
}

/** Does `code` for each answer of the row, with the place of its cell in `cell`. */
function eachAnswer(at: SweepLayout, code: Code): Code {
  return [
    local.set(answer, local.get(first)),
    whileLoop(i32.isBelow(local.get(answer), local.get(stop)), [
      local.set(cell, i32.load(at.cells, local.get(answer))),
      code,
      local.set(answer, i32.add(local.get(answer), i32.constant(4))),
    ]),
  ];
}

/** What `combine` makes of the two numbers of a pair, twice. */
function ofBoth(combine: (a: Code, b: Code) => Code, pair: Code): Code {
  const kept = local.get(scratch);
  return [local.set(scratch, pair), combine(kept, v128.crossed(kept, kept))];
}

const lowest = -700;
/** 1.5 · 2^52: added to a number it leaves the nearest integer in the lowest bits. */
const rounding = 6_755_399_441_055_744;
/** ln 2 in two parts, of which the first has so few digits that its multiples are exact. */
const [ln2High, ln2Low] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];
/** 1/0! … 1/12!: the next one would not change a bit, for numbers up to ln 2 / 2. */
const taylor = [1, 1, 2, 6, 24, 120, 720, 5_040, 40_320, 362_880, 3_628_800, 39_916_800, 479_001_600].map(
  (factorial) => 1 / factorial,
);

/**
 * The exponentials of the two numbers in the local variable x, neither above 0: 2^n · e^r, where n is the integer nearest
 * to x / ln 2 and e^r a polynomial, right to the last bit or two. Below -700 it is 0.
 */
function exponential(x: number): Code {
  const n = v128.subtract(local.get(scaled), v128.constant(rounding));
  const remainder = v128.subtract(
    v128.subtract(local.get(x), v128.multiply(n, v128.constant(ln2High))),
    v128.multiply(n, v128.constant(ln2Low)),
  );
  const polynomial = taylor
    .map((coefficient) => v128.constant(coefficient))
    .reduceRight((sum, coefficient) => v128.add(v128.multiply(sum, local.get(rest)), coefficient));
  return [
    local.set(scaled, v128.add(v128.multiply(local.get(x), v128.constant(Math.LOG2E)), v128.constant(rounding))),
    local.set(rest, remainder),
    // The exponent of a floating-point number begins at its 52nd bit: adding n there multiplies by 2^n.
    v128.and(
      v128.addIntegers(polynomial, v128.shiftLeft(local.get(scaled), 52)),
      v128.isAtLeast(local.get(x), v128.constant(lowest)),
    ),
  ];
}
