import assert from 'node:assert/strict';
import { type Decision, Review } from '../../../../src/core/review/review.js';

const cat: Decision = { verdict: { kind: 'changed', className: 'cat' }, isFlagged: false, comment: '' };
const accepted: Decision = { verdict: { kind: 'accepted' }, isFlagged: false, comment: '' };
const flagged: Decision = { isFlagged: true, comment: 'blurred' };
const nothing: Decision = { isFlagged: false, comment: '' };

describe('a review', () => {
  it('keeps the last decision of each line', () => {
    const review = reviewOf([1, cat], [2, flagged], [1, flagged]);
    assert.deepEqual(review.decided, [
      { line: 2, decision: flagged },
      { line: 1, decision: flagged },
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
    review.decide('a', 2, { decision: cat, object: objectOf(2) });
    assert.equal(review.redo(), undefined);
  });

  it('forgets a line of which nothing is said any more', () => {
    const review = reviewOf([1, flagged], [1, nothing]);
    assert.deepEqual(review.decided, []);
  });

  it('shows a decision at no line while its object is not in the manifest, and keeps it', () => {
    const review = reviewOf([1, cat], [2, flagged]);
    assert.ok(review.place(({ source }) => (source === 's2' ? 7 : undefined)));
    assert.deepEqual([review.decided, review.size, review.lost], [[{ line: 7, decision: flagged }], 2, 1]);
    assert.deepEqual(review.undo(), { line: 7, decision: undefined });
    assert.deepEqual(review.undo(), { line: undefined, decision: undefined });
    assert.ok(review.place(() => 3));
    assert.deepEqual(review.redo(), { line: 3, decision: cat });
    assert.equal(
      review.place(() => 3),
      false,
    );
  });

  it('can take back what was decided before it was kept', () => {
    const again = Review.of(JSON.parse(JSON.stringify(reviewOf([1, cat], [2, cat], [1, flagged]).kept())));
    assert.deepEqual(again.undo(), { line: 1, decision: undefined });
    assert.deepEqual(again.undo(), { line: 2, decision: undefined });
    assert.equal(again.canUndo, false);
  });

  it('is of one label attribute, until nothing is left of it', () => {
    const review = reviewOf([1, cat]);
    assert.throws(() => review.decide('b', 1, { decision: cat, object: objectOf(1) }), /of "a", not of "b"/u);
    review.undo();
    review.decide('b', 1, { decision: cat, object: objectOf(1) });
    assert.equal(review.attribute, 'b');
  });

  it('is the same after it was kept', () => {
    const review = reviewOf([1, cat], [2, flagged], [3, accepted]);
    const again = Review.of(JSON.parse(JSON.stringify(review.kept())));
    assert.deepEqual([again.attribute, again.decided], [review.attribute, review.decided]);
    assert.equal(again.decisionOf(objectOf(2))?.comment, 'blurred');
  });

  for (const kept of [undefined, null, [], { attribute: 1 }, { attribute: 'a', entries: [null, { line: 'x' }] }]) {
    it(`is empty where ${JSON.stringify(kept)} was kept`, () => assert.equal(Review.of(kept).size, 0));
  }
});

function objectOf(line: number) {
  return { source: `s${line}`, occurrence: 0, said: '["dog"]' };
}

function reviewOf(...decisions: readonly (readonly [number, Decision])[]): Review {
  const review = new Review();
  for (const [line, decision] of decisions) {
    review.decide('a', line, { decision, object: objectOf(line) });
  }
  return review;
}
