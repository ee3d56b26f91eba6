import assert from 'node:assert/strict';
import { adjustmentStatus } from '../../../../src/core/consolidation/adjustment.js';
import { consolidateVerification } from '../../../../src/core/consolidation/verification.js';

describe('consolidateVerification', () => {
  it('has the label and confidence of a single-label job, and what the workers wrote', () => {
    const verdicts = [
      { worker: 'a', label: 1, comment: 'Box too wide.' },
      { worker: 'b', label: 1, comment: ' ' },
      { worker: 'c', label: 0 },
    ];
    assert.deepEqual(consolidateVerification([verdicts], 3), [
      { label: 1, confidence: 0.94, comments: ['Box too wide.'] },
    ]);
  });

  it('keeps the verdict of a single worker, and estimates nothing', () => {
    assert.deepEqual(consolidateVerification([[{ worker: 'a', label: 1 }]], 2), [
      { label: 1, confidence: 0, comments: [] },
    ]);
  });
});

describe('the adjustment status', () => {
  const cases = [
    { changes: [false, false], status: 'unadjusted' },
    { changes: [false, true], status: 'adjusted' },
    { changes: [true], status: 'adjusted' },
    { changes: [false, undefined], status: 'adjusted' },
  ];
  for (const { changes, status } of cases) {
    it(`is ${status} where the answers say ${changes.join(' and ')}`, () => {
      assert.equal(adjustmentStatus(changes), status);
    });
  }
});
