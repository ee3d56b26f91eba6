import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/core/disposables.js';

describe('DisposableStore', () => {
  it('disposes in the reverse order of adding, once', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push(1) });
    store.add({ dispose: () => order.push(2) });
    store.dispose();
    store.dispose();
    assert.deepEqual(order, [2, 1]);
  });

  it('disposes at once of what is added too late', () => {
    const store = new DisposableStore();
    store.dispose();
    let isDisposed = false;
    store.add({ dispose: () => (isDisposed = true) });
    assert.ok(isDisposed);
  });

  it('disposes of the rest when one item fails, and says so', () => {
    const store = new DisposableStore();
    let isDisposed = false;
    store.add({ dispose: () => (isDisposed = true) });
    store.add({
      dispose() {
        throw new Error('stuck');
      },
    });
    assert.throws(() => store.dispose(), AggregateError);
    assert.ok(isDisposed);
  });
});
