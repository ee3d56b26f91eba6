import assert from 'node:assert/strict';
import { type Decision, Review } from '../../../../src/core/review/review.js';

const cat: Decision = { className: 'cat', isFlagged: false, comment: '' };
const flagged: Decision = { isFlagged: true, comment: 'blurred' };
const nothing: Decision = { isFlagged: false, comment: '' };

describe('a review', () => {
  it('keeps the last decision of each line', () => {
    const review = reviewOf([1, cat], [2, flagged], [1, flagged]);
    assert.deepEqual(review.decided, [
      { line: 1, decision: flagged },
      { line: 2, decision: flagged },
    ]);
  });

  it('goes back decision by decision, and forth again', () => {
    const review = reviewOf([1, cat], [1, flagged], [2, cat]);
    assert.deepEqual(review.undo(), { line: 2, decision: undefined });
    assert.deepEqual(review.undo(), { line: 1, decision: cat });
    assert.deepEqual(review.redo(), { line: 1, decision: flagged });
    assert.deepEqual(review.undo(), { line: 1, decision: cat });
    assert.deepEqual(review.undo(), { line: 1, decision: undefined });
    assert.deepEqual([review.undo(), review.size, review.canUndo], [undefined, 0, false]);
  });

  it('cannot go forth any more after another decision', () => {
    const review = reviewOf([1, cat]);
    review.undo();
    review.decide('a', 2, { decision: cat, source: 's2' });
    assert.equal(review.redo(), undefined);
  });

  it('forgets a line of which nothing is said any more', () => {
    const review = reviewOf([1, flagged], [1, nothing]);
    assert.deepEqual(review.decided, []);
  });

  it('has no decision for another object that came to stand in the line', () => {
    const review = reviewOf([1, cat]);
    assert.equal(review.decisionAt(1, 's1'), cat);
    assert.equal(review.decisionAt(1, 'other'), undefined);
  });

  it('is of one label attribute, until nothing is left of it', () => {
    const review = reviewOf([1, cat]);
    assert.throws(() => review.decide('b', 1, { decision: cat, source: 's1' }), /of "a", not of "b"/u);
    review.undo();
    review.decide('b', 1, { decision: cat, source: 's1' });
    assert.equal(review.attribute, 'b');
  });

  it('is the same after it was kept', () => {
    const review = reviewOf([1, cat], [2, flagged]);
    const again = Review.of(JSON.parse(JSON.stringify(review.kept())));
    assert.deepEqual([again.attribute, again.decided], [review.attribute, review.decided]);
    assert.equal(again.decisionAt(2, 's2')?.comment, 'blurred');
  });

  for (const kept of [undefined, null, [], { attribute: 1 }, { attribute: 'a', entries: [null, { line: 'x' }] }]) {
    it(`is empty where ${JSON.stringify(kept)} was kept`, () => assert.equal(Review.of(kept).size, 0));
  }
});

function reviewOf(...decisions: readonly (readonly [number, Decision])[]): Review {
  const review = new Review();
  for (const [line, decision] of decisions) {
    review.decide('a', line, { decision, source: `s${line}` });
  }
  return review;
}
