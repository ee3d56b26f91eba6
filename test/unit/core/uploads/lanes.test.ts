import assert from 'node:assert/strict';
import { Lanes } from '../../../../src/core/uploads/lanes.js';

describe('lanes', () => {
  it('let so many go at once, and the next when one is done', async () => {
    const lanes = new Lanes(2);
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const begun: number[] = [];
    const runs = gates.map(({ promise }, index) =>
      lanes.run(() => {
        begun.push(index);
        return promise;
      }),
    );
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0, 1]);
    gates[1]?.resolve();
    await runs[1];
    await new Promise(setImmediate);
    assert.deepEqual(begun, [0, 1, 2]);
    gates.forEach(({ resolve }) => resolve());
    await Promise.all(runs);
  });

  it('are halved by each overload, never to none, and come back one by one', () => {
    const lanes = new Lanes(16);
    const limits = Array.from({ length: 6 }, () => {
      lanes.overloaded();
      return lanes.limit;
    });
    assert.deepEqual(limits, [8, 4, 2, 1, 1, 1]);
    for (let success = 0; success < 64; success += 1) {
      lanes.succeeded();
    }
    assert.equal(lanes.limit, 3);
    for (let success = 0; success < 10_000; success += 1) {
      lanes.succeeded();
    }
    assert.equal(lanes.limit, 16);
  });

  it('are halved once for all that were under way together', async () => {
    const lanes = new Lanes(8);
    const gate = Promise.withResolvers<void>();
    const runs = Array.from({ length: 8 }, () =>
      lanes.run(async () => {
        await gate.promise;
        lanes.overloaded();
      }),
    );
    gate.resolve();
    await Promise.all(runs);
    assert.ok(lanes.limit >= 2 && lanes.limit <= 4, `${lanes.limit}`);
  });

  it('are free again after what has failed', async () => {
    const lanes = new Lanes(1);
    await assert.rejects(lanes.run(() => Promise.reject(new Error('no'))));
    assert.equal(await lanes.run(async () => 1), 1);
  });
});
