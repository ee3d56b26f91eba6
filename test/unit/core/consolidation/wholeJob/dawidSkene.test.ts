import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answerTable } from '../../../../../src/core/consolidation/wholeJob/answerTable.js';
import { estimateDawidSkene } from '../../../../../src/core/consolidation/wholeJob/dawidSkene.js';
import { jobOf } from './jobs.js';

/** The paper's patients, who were looked at by five doctors, the first of them three times; and its result. */
const published = JSON.parse(readFileSync('test/fixtures/dawidSkene1979.json', 'utf8')) as {
  readonly answers: readonly (readonly (readonly number[])[])[];
  readonly posteriors: readonly (readonly number[])[];
};

describe('estimateDawidSkene', () => {
  const answers = published.answers.flatMap((byDoctor, object) =>
    byDoctor.flatMap((labels, worker) => labels.map((label) => ({ object, worker, label }))),
  );
  const job = jobOf(answers, { objectCount: 45, workerCount: 5, classCount: 4 });

  it('gives the result of the paper, to a millionth', () => {
    const table = answerTable(job);
    const { posteriors } = estimateDawidSkene(table, { rounds: 1_000, tolerance: 1e-12, smoothing: 0 });
    published.posteriors.forEach((expected, object) => {
      const row = table.rowOfObject[object] ?? 0;
      expected.forEach((probability, truth) => {
        const found = posteriors[row * 4 + truth] ?? Number.NaN;
        assert.ok(Math.abs(found - probability) < 1e-6, `patient ${object}, class ${truth}: ${found}`);
      });
    });
  });

  it('stops when nothing changes any more, or after the given rounds', () => {
    const table = answerTable(job);
    const { rounds } = estimateDawidSkene(table, { rounds: 1_000, tolerance: 1e-6, smoothing: 0 });
    assert.ok(rounds < 1_000);
    assert.equal(estimateDawidSkene(table, { rounds: 3, tolerance: 1e-6, smoothing: 0 }).rounds, 3);
  });
});
