import assert from 'node:assert/strict';
import { confidenceOf } from '../../../../src/core/consolidation/confidence.js';

describe('the confidence of a probability', () => {
  const cases = [
    { probability: 0, confidence: 0.05 },
    { probability: 1 / 3, confidence: 0.35 },
    { probability: 0.5, confidence: 0.5 },
    { probability: 0.885509, confidence: 0.85 },
    { probability: 1, confidence: 0.95 },
    // What lies in the middle of two hundredths goes to the even one, as in Python.
    { probability: 0.075 / 0.9, confidence: 0.12 },
    { probability: 0.325 / 0.9, confidence: 0.38 },
    { probability: 0.575 / 0.9, confidence: 0.62 },
    { probability: 0.825 / 0.9, confidence: 0.88 },
  ];
  for (const { probability, confidence } of cases) {
    it(`is ${confidence} for ${probability}`, () => {
      assert.equal(confidenceOf(probability), confidence);
    });
  }
});
