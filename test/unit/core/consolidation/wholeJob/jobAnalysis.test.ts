import assert from 'node:assert/strict';
import { CollectedAnswers } from '../../../../../src/core/consolidation/wholeJob/collectedAnswers.js';
import {
  attributeOfJob,
  confusionOf,
  jobAnalysis,
  lineEstimates,
} from '../../../../../src/core/consolidation/wholeJob/jobAnalysis.js';
import { estimateOf } from '../../../../support/estimateOf.js';

describe('the analysis of a job', () => {
  // Two workers see what is there; the third says "dog" whatever it is.
  const careless = analyzed(40, (line, worker) => (worker === 2 || line % 2 === 1 ? 'dog' : 'cat'));

  it('tells who is often right', () => {
    const { isEstimated, objects, answers, workers } = careless.analysis;
    assert.deepEqual([isEstimated, objects, answers], [true, 40, 120]);
    const [first, second, third] = workers.map(({ accuracy }) => accuracy);
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.ok(first > 0.9 && second > 0.9, `${first} and ${second}`);
    assert.ok(Math.abs(third - 0.5) < 0.1, `${third}`);
  });

  it('tells which class a worker takes for which', () => {
    const [cats = [], dogs = []] = confusionOf(careless.job, careless.estimate, 2);
    assert.ok((cats[1] ?? 0) > 0.9 && (dogs[1] ?? 0) > 0.9);
  });

  it('adds the confusion of all workers up to one for each class', () => {
    for (const row of confusionOf(careless.job, careless.estimate, undefined)) {
      assert.ok(Math.abs(row.reduce((sum, part) => sum + part, 0) - 1) < 1e-9);
    }
  });

  it('says half of whose answers took less', () => {
    assert.deepEqual(
      careless.analysis.workers.map(({ medianSeconds }) => medianSeconds),
      [20, 20, 20],
    );
  });

  it('has an estimate of each line, none where nobody answered', () => {
    const { labels, classNames } = lineEstimates('a', careless.job, careless.estimate);
    assert.deepEqual([classNames[labels[0] ?? -1], classNames[labels[1] ?? -1], labels[40]], ['cat', 'dog', -1]);
  });

  it('of one worker compares nothing', () => {
    const { analysis, job, estimate } = analyzed(4, (_line, worker) => (worker === 0 ? 'cat' : undefined));
    assert.equal(analysis.isEstimated, false);
    assert.deepEqual(confusionOf(job, estimate, undefined), [[0]]);
  });

  const attributes = [
    { name: 'first', jobNames: ['labeling-job/first'] },
    { name: 'checked', jobNames: ['labeling-job/the-check'] },
    { name: 'custom', jobNames: ['Custom'] },
  ];
  const jobs = [
    { job: 'The-Check', attribute: 'checked' },
    { job: 'custom', attribute: 'custom' },
    { job: 'another', attribute: undefined },
  ];
  for (const { job, attribute } of jobs) {
    it(`of "${job}" is about ${attribute ?? 'no attribute'}`, () =>
      assert.equal(attributeOfJob(attributes, job), attribute));
  }
});

/** `answer` is asked of each line and three workers; an answer takes as many seconds as its line has before it. */
function analyzed(lines: number, answer: (line: number, worker: number) => string | undefined) {
  const answers = new CollectedAnswers();
  for (let line = 0; line < lines; line += 1) {
    for (const worker of [0, 1, 2]) {
      const label = answer(line, worker);
      if (label !== undefined) {
        answers.add(line, [{ workerId: `w${worker}`, answer: label, label, timeSpentInSeconds: line + 1 }]);
      }
    }
  }
  const job = answers.job(lines + 1);
  const estimate = estimateOf(job.answers);
  return { job, estimate, analysis: jobAnalysis('a', job, estimate) };
}
