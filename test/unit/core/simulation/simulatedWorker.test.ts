import assert from 'node:assert/strict';
import { parseAccuracy } from '../../../../src/core/simulation/accuracy.js';
import { seededRandom } from '../../../../src/core/simulation/seededRandom.js';
import { evenConfusion, reactTo, workingTimeMs } from '../../../../src/core/simulation/simulatedWorker.js';
import { simulatedMembers, simulatedName } from '../../../../src/core/simulation/simulatedTeam.js';
import { trueClassOf } from '../../../../src/core/simulation/trueClass.js';

const rounds = 20_000;

describe('a simulated worker', () => {
  it('chooses labels as often as the confusion matrix says', () => {
    const confusion = [
      [0.7, 0.2, 0.1],
      [0, 1, 0],
      [0.5, 0, 0.5],
    ];
    const worker = { confusion, declineRate: 0, secondsPerTask: 0 };
    confusion.forEach((row, truth) => {
      const random = seededRandom('matrix', truth);
      const counts = row.map(() => 0);
      for (let round = 0; round < rounds; round++) {
        const reaction = reactTo(truth, worker, random);
        assert.ok(reaction.kind === 'answer');
        counts[reaction.label] = (counts[reaction.label] ?? 0) + 1;
      }
      row.forEach((share, label) => near((counts[label] ?? 0) / rounds, share, 0.02));
    });
  });

  it('declines as often as it is told to', () => {
    const worker = { confusion: evenConfusion([1, 1]), declineRate: 0.25, secondsPerTask: 0 };
    const random = seededRandom('decline');
    const reactions = Array.from({ length: rounds }, () => reactTo(1, worker, random));
    near(reactions.filter(({ kind }) => kind === 'decline').length / rounds, 0.25, 0.02);
    assert.ok(reactions.every((reaction) => reaction.kind === 'decline' || reaction.label === 1));
  });

  it('takes the time that it is told to, on the average, and none where it is to be fast', () => {
    const random = seededRandom('time');
    const slow = { confusion: [[1]], declineRate: 0, secondsPerTask: 2 };
    const times = Array.from({ length: rounds }, () => workingTimeMs(slow, random));
    near(times.reduce((sum, time) => sum + time, 0) / rounds, 2_000, 60);
    assert.ok(times.every((time) => time <= 10_000));
    assert.equal(workingTimeMs({ ...slow, secondsPerTask: 0 }, random), 0);
  });

  it('draws the same numbers from the same seed, and others from another', () => {
    assert.deepEqual(draw(1, 'a'), draw(1, 'a'));
    assert.notDeepEqual(draw(1, 'a'), draw(2, 'a'));
    assert.notDeepEqual(draw(1, 'ab'), draw('1a', 'b'));
  });
});

describe('the accuracy of a simulated worker', () => {
  const good = [
    { text: '0.9', labels: 3, confusion: [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.05, 0.05, 0.9]] }, // prettier-ignore
    { text: '1, 0.5', labels: 2, confusion: [[1, 0], [0.5, 0.5]] }, // prettier-ignore
    { text: ' [[0.75,0.25],[0,1]] ', labels: 2, confusion: [[0.75, 0.25], [0, 1]] }, // prettier-ignore
    { text: '0.3', labels: 1, confusion: [[1]] },
  ];
  for (const { text, labels, confusion } of good) {
    it(`is read from "${text}"`, () => {
      const parsed = parseAccuracy(text, labels);
      assert.ok('confusion' in parsed);
      parsed.confusion.forEach((row, truth) =>
        row.forEach((share, label) => near(share, confusion[truth]?.[label], 1e-9)),
      );
    });
  }

  const bad = [
    { text: '', problem: 'count' },
    { text: '1.1', problem: 'range' },
    { text: 'often', problem: 'range' },
    { text: '0.9 0.8 0.7', problem: 'count' },
    { text: '[[1,0]', problem: 'matrix' },
    { text: '[[1,0]]', problem: 'matrix' },
    { text: '[[1,0],[1]]', problem: 'matrix' },
    { text: '[[1,0],["1",0]]', problem: 'range' },
    { text: '[[1,0],[0.5,0.4]]', problem: 'rowSum' },
  ];
  for (const { text, problem } of bad) {
    it(`is not read from "${text}"`, () => assert.deepEqual(parseAccuracy(text, 2), { problem }));
  }
});

describe('the true class of an object', () => {
  const labels = ['Cat', 'Dog'];
  const cases = [
    { source: 's3://bucket/train/dog/1.jpg', truth: 1 },
    { source: 's3://bucket/dog/cat/1.jpg', truth: 0 },
    { source: 's3://bucket/traindata_cat_dog_images_20/150.jpg', truth: 0 },
    { source: 's3://bucket/a/traindata_cat_dog_images_20/155.jpg', truth: 1 },
  ];
  for (const { source, truth } of cases) {
    it(`is "${labels[truth]}" for ${source}`, () => assert.equal(trueClassOf(source, labels, 1), truth));
  }

  it('is made up where nothing says it, the same each time and about as often each', () => {
    const classes = Array.from({ length: 1_000 }, (_, line) => trueClassOf(`s3://bucket/${line}.jpg`, labels, 7));
    assert.deepEqual(classes, classes.map((_, line) => trueClassOf(`s3://bucket/${line}.jpg`, labels, 7))); // prettier-ignore
    near(classes.filter((truth) => truth === 1).length, 500, 60);
  });
});

describe('simulated members', () => {
  it('are known by their names', () => {
    const worker = { confusion: [[1]], declineRate: 0, secondsPerTask: 0 };
    const emails = simulatedMembers(12, worker, 'secret').map(({ email }) => email);
    assert.equal(new Set(emails).size, 12);
    assert.deepEqual([emails[0], emails[11]].map((email = '') => simulatedName(email)), ['simulated-01', 'simulated-12']); // prettier-ignore
    assert.equal(simulatedName('simulated-01@example.org'), undefined);
    assert.equal(simulatedName('ana@simulated.invalid'), undefined);
  });
});

function draw(...seed: readonly (string | number)[]): readonly number[] {
  return Array.from({ length: 5 }, seededRandom(...seed));
}

function near(actual: number, expected = Number.NaN, tolerance = 0): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}
