import assert from 'node:assert/strict';
import {
  areSame,
  Growable,
  growableBytes,
  growableIntegers,
  renumber,
  shift,
} from '../../../../src/core/manifest/growable.js';

describe('an array that grows', () => {
  it('keeps what is in it, and has 0 behind', () => {
    const array = growableIntegers();
    array.ensure(2);
    array.data.set([1, 2]);
    array.ensure(5_000);
    assert.deepEqual([...array.data.subarray(0, 4)], [1, 2, 0, 0]);
    assert.ok(array.data.length >= 5_000);
  });

  it('takes what somebody else has made, and lets go of that', () => {
    const array = filled(1, 2, 3);
    const items = Uint32Array.of(4, 5);
    array.take(items, 3);
    assert.deepEqual(contents(array, 7), [1, 2, 3, 4, 5, 0, 0]);
    assert.equal(items.length, 0);
  });

  it('is what somebody else has made where there is nothing before', () => {
    const array = growableIntegers();
    const items = Uint32Array.of(4, 5);
    array.take(items, 0);
    assert.equal(array.data, items);
  });

  describe('that is shared', () => {
    it('keeps what was in it, ends where the other one begins, and closes the gap between them', () => {
      const array = filled(1, 2);
      const there = array.share(10, 4);
      assert.deepEqual([array.data.length, there.length], [4, 6]);
      array.data[2] = 3;
      there.set([7, 8, 9]);
      array.take(there.subarray(0, 3), 3);
      assert.deepEqual(contents(array, 10), [1, 2, 3, 7, 8, 9, 0, 0, 0, 0], 'nothing is left of what was moved');
      assert.equal(array.data.length, 10);
    });

    it('has 0 where nothing was put here, although it belongs to what is here', () => {
      const array = filled(1, 2);
      const there = array.share(10, 3);
      there.set([7, 8, 9]);
      array.take(there.subarray(0, 3), 5);
      assert.deepEqual(contents(array, 10), [1, 2, 0, 0, 0, 7, 8, 9, 0, 0]);
    });

    it('gives way to more than was expected here, and leaves the other one alone', () => {
      const array = filled(1, 2);
      const there = array.share(6, 3);
      there.set([7, 8, 9]);
      array.ensure(4);
      array.data.set([3, 4], 2);
      assert.deepEqual([...there], [7, 8, 9]);
      array.take(there, 4);
      assert.deepEqual(contents(array, 8), [1, 2, 3, 4, 7, 8, 9, 0]);
    });

    it('takes what had no room there, and nothing of what was there before that', () => {
      const array = filled(1, 2);
      array.share(8, 5).set([7, 8, 9]);
      array.take(Uint32Array.of(7, 8, 9, 10), 2);
      assert.deepEqual(contents(array, 8), [1, 2, 7, 8, 9, 10, 0, 0]);
    });

    it('grows where both are more than was expected', () => {
      const array = filled(1, 2);
      array.share(5, 2).set([7, 8, 9]);
      array.take(Uint32Array.of(7, 8, 9, 10), 2);
      assert.deepEqual(contents(array, 8), [1, 2, 7, 8, 9, 10, 0, 0]);
    });

    it('is shared in whole numbers of its own size', () => {
      const there = growableBytes().share(7, 3);
      assert.deepEqual([there.byteOffset, there.length], [3, 4]);
      assert.equal(new Growable<Float64Array>(Float64Array).share(7, 3).byteOffset, 24);
    });
  });
});

describe('numbers', () => {
  it('are made larger, and replaced by others', () => {
    const numbers = Uint32Array.of(0, 2, 1);
    shift(numbers, 1);
    assert.deepEqual([...numbers], [1, 3, 2]);
    renumber(numbers, Uint32Array.of(9, 8, 7, 6));
    assert.deepEqual([...numbers], [8, 6, 7]);
  });

  it('are known to be their own places', () => {
    assert.ok(areSame(Uint32Array.of(0, 1, 2)));
    assert.ok(!areSame(Uint32Array.of(0, 2, 1)));
  });
});

function filled(...numbers: number[]): Growable<Uint32Array> {
  const array = growableIntegers();
  array.reserve(numbers.length);
  array.data.set(numbers);
  return array;
}

/** The first `length` numbers; behind the end there is 0. */
function contents({ data }: Growable<Uint32Array>, length: number): number[] {
  return Array.from({ length }, (_, at) => data[at] ?? 0);
}
