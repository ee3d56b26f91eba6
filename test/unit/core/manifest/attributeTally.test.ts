import assert from 'node:assert/strict';
import { AttributeColumns } from '../../../../src/core/manifest/attributeColumns.js';
import { binOf, confidenceBins } from '../../../../src/core/manifest/confidence.js';
import type { LabelReading } from '../../../../src/core/manifest/lineReading.js';
import { randomNumbers } from './randomManifest.js';

const states = ['human', 'machine', 'failed', 'unstated'] as const;
const confidences = [0, 0.5, 0.95, 1, -1, 7, Number.NaN] as const;

describe('the labels of an attribute', () => {
  for (let seed = 1; seed <= 40; seed++) {
    it(`are counted as one by one, in whatever steps and parts (seed ${seed})`, () => {
      const random = randomNumbers(seed);
      const labels = Array.from({ length: 300 }, () => (random() < 0.2 ? undefined : randomLabel(random)));
      const middle = Math.floor(random() * labels.length);
      const whole = columnsOf(labels, random);
      const parts = columnsOf(labels.slice(0, middle), random);
      parts.append(columnsOf(labels.slice(middle), random).part(labels.length - middle), middle);
      for (const columns of [whole, parts]) {
        assert.deepEqual(counted(columns, labels.length), plain(labels, columns));
      }
    });
  }

  it('are counted anew after some were forgotten', () => {
    const random = randomNumbers(7);
    const labels = Array.from({ length: 50 }, () => randomLabel(random));
    const columns = columnsOf(labels.slice(0, 20), random);
    const mark = columns.mark();
    labels.slice(20).forEach((label, line) => columns.put(20 + line, label));
    columns.tallied(50);
    columns.rewind(mark, 20, 50);
    assert.deepEqual(counted(columns, 20), plain(labels.slice(0, 20), columns));
  });

  it('of no line have neither time nor confidence', () => {
    const tally = new AttributeColumns('a').tallied(10);
    assert.equal(tally.createdAt, undefined);
    assert.deepEqual(tally.confidence, { computed: 0, notComputed: 0, lowest: 0, highest: 0, mean: 0 });
  });
});

function randomLabel(random: () => number): LabelReading {
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[Math.floor(random() * choices.length)] ?? choices[0];
  const count = pick([0, 1, 1, 1, 1, 3]);
  const classes = Array.from({ length: count }, () => ({
    name: pick(['cat', 'dog', 'cow', 'fish']),
    confidence: pick(confidences),
  }));
  return {
    attribute: 'a',
    state: pick(states),
    failureReason: undefined,
    classes,
    confidence: count === 1 ? (classes[0]?.confidence ?? Number.NaN) : Number.NaN,
    createdAt: pick([Number.NaN, 0, 1_000, 2_000.5]),
    type: pick(['', 'groundtruth/image-classification']),
    jobName: pick(['', 'labeling-job/a']),
  };
}

/** Counted now and then while labels are put into them. */
function columnsOf(labels: readonly (LabelReading | undefined)[], random: () => number): AttributeColumns {
  const columns = new AttributeColumns('a');
  labels.forEach((label, line) => {
    if (label) {
      columns.put(line, label);
    }
    if (random() < 0.05) {
      columns.tallied(line + 1);
    }
  });
  columns.ensure(labels.length);
  return columns;
}

function counted(columns: AttributeColumns, lines: number) {
  const tally = columns.tallied(lines);
  const { mean, ...confidence } = tally.confidence;
  return {
    lines: tally.lines,
    perState: states.map((state) => tally.linesIn({ human: 1, machine: 2, failed: 3, unstated: 4 }[state])),
    labels: columns.classNames.texts.map((_, id) => [tally.labelsOf(id), tally.binsOf(id)]),
    others: tally.labelsOf(undefined),
    ...confidence,
    mean: mean.toFixed(9),
    createdAt: tally.createdAt,
  };
}

/** The same without a thought of speed. */
function plain(labels: readonly (LabelReading | undefined)[], { classNames }: AttributeColumns) {
  const made = labels.filter((label) => label !== undefined);
  const all = made.flatMap(({ state, classes }) =>
    classes.map(({ name, confidence }) => ({
      name,
      confidence,
      isComputed: !Number.isNaN(confidence) && (confidence !== 0 || state === 'machine'),
    })),
  );
  const computed = all.filter(({ isComputed }) => isComputed).map(({ confidence }) => confidence);
  const times = made.map(({ createdAt }) => createdAt).filter((time) => !Number.isNaN(time));
  return {
    lines: labels.length,
    perState: states.map((state) => made.filter((label) => label.state === state).length),
    labels: classNames.texts.map((name) => {
      const own = all.filter((label) => label.name === name);
      const bins = own.filter(({ isComputed }) => isComputed).map(({ confidence }) => binOf(confidence));
      return [
        own.length,
        Array.from({ length: confidenceBins }, (_, bin) => bins.filter((each) => each === bin).length),
      ];
    }),
    others: 0,
    computed: computed.length,
    notComputed: all.filter(({ confidence, isComputed }) => confidence === 0 && !isComputed).length,
    lowest: computed.length > 0 ? Math.min(...computed) : 0,
    highest: computed.length > 0 ? Math.max(...computed) : 0,
    mean: (computed.length > 0 ? computed.reduce((sum, value) => sum + value, 0) / computed.length : 0).toFixed(9),
    createdAt: times.length > 0 ? { first: Math.min(...times), last: Math.max(...times) } : undefined,
  };
}
