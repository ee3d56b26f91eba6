import assert from 'node:assert/strict';
import { CollectedAnswers } from '../../../../../src/core/consolidation/wholeJob/collectedAnswers.js';
import type { WorkerAnswer } from '../../../../../src/core/manifest/workerResponses.js';

const by = (workerId: string, label: string, more: Partial<WorkerAnswer> = {}): WorkerAnswer => ({
  workerId,
  answer: label,
  label,
  ...more,
});

describe('the collected answers of a job', () => {
  it('are the same in whatever order their files are read', () => {
    const files: readonly (readonly [number, readonly WorkerAnswer[]])[] = [
      [2, [by('w2', 'dog', { timeSpentInSeconds: 4 }), by('w1', 'cat')]],
      [0, [by('w1', 'cat', { timeSpentInSeconds: 2.5 })]],
      [1, [by('w3', 'bird')]],
    ];
    const one = collected(files);
    assert.deepEqual(one.workerIds, ['w1', 'w2', 'w3']);
    assert.deepEqual(one.classNames, ['bird', 'cat', 'dog']);
    assert.deepEqual([...one.answers.objects], [0, 1, 2, 2]);
    assert.deepEqual([...one.answers.workers], [0, 2, 1, 0]);
    assert.deepEqual([...one.answers.labels], [1, 0, 2, 1]);
    assert.deepEqual([...one.seconds], [2.5, Number.NaN, 4, Number.NaN]);
    assert.deepEqual(named(collected(files.toReversed())), named(one));
  });

  it('count a worker once for an object, with the last answer', () => {
    const early = [0, [by('w', 'cat', { submittedAt: '2026-01-01T00:00:00.000Z' })]] as const;
    const late = [0, [by('w', 'dog', { submittedAt: '2026-01-02T00:00:00.000Z' })]] as const;
    for (const files of [
      [early, late],
      [late, early],
    ]) {
      assert.deepEqual(named(collected(files)), [[0, 'w', 'dog']]);
    }
  });

  it('leave out, and count, what is no single label', () => {
    const answers = new CollectedAnswers();
    answers.add(0, [{ workerId: 'w', answer: 'a, b' }]);
    assert.deepEqual([answers.isEmpty, answers.others], [true, 1]);
  });

  it('leave out what is about no line of the manifest', () => {
    assert.deepEqual(named(collected([[7, [by('w', 'cat')]]], 7)), []);
  });
});

function collected(files: readonly (readonly [number, readonly WorkerAnswer[]])[], lines = 3) {
  const answers = new CollectedAnswers();
  for (const [line, of] of files) {
    answers.add(line, of);
  }
  return answers.job(lines);
}

/** Object, worker and class of each answer, in an order of their own. */
function named({ answers, workerIds, classNames }: ReturnType<typeof collected>) {
  return Array.from(answers.objects, (object, at) => [
    object,
    workerIds[answers.workers[at] ?? -1],
    classNames[answers.labels[at] ?? -1],
  ]).toSorted((a, b) => String(a).localeCompare(String(b)));
}
