import assert from 'node:assert/strict';
import { instructionOf } from '../../../src/core/jobs/instruction.js';

describe('instructionOf', () => {
  const cases = [
    { instruction: ' Cat or dog? ', labels: ['cat', 'dog'], expected: 'Cat or dog?' },
    { instruction: '', labels: ['cat', 'dog'], expected: "Please classify the images as 'cat' or 'dog'" },
    { instruction: ' ', labels: ['a', '', 'b', 'c'], expected: "Please classify the images as 'a', 'b' or 'c'" },
    { instruction: '', labels: ['', ''], expected: 'Please classify the images' },
    { instruction: '', labels: ['a', 'b', 'c', 'd', 'e', 'f'], expected: 'Please classify the images' },
  ];
  for (const { expected, ...draft } of cases) {
    it(`makes "${expected}" of "${draft.instruction}" and ${draft.labels.length} labels`, () => {
      assert.equal(instructionOf(draft), expected);
    });
  }
});
