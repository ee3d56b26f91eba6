import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Watch } from '../../../../webview/labeling/watch.js';

const fewSeconds = 3_000;

describe('looking what has become of a page', () => {
  let page: EventTarget & { visibilityState: string };
  let looks: number;
  let answer: () => Promise<void>;
  beforeEach(() => {
    page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    Object.assign(globalThis, { document: page });
    mock.timers.enable({ apis: ['setInterval'] });
    looks = 0;
    answer = () => Promise.resolve();
  });
  afterEach(() => {
    mock.timers.reset();
    Reflect.deleteProperty(globalThis, 'document');
  });

  function watched(): Watch {
    return new Watch(() => {
      looks += 1;
      return answer();
    });
  }

  it('is done every few seconds, also after one that failed', async () => {
    answer = () => Promise.reject(new Error('It cannot be reached'));
    watched();
    mock.timers.tick(fewSeconds);
    await new Promise(setImmediate);
    mock.timers.tick(fewSeconds);
    assert.equal(looks, 2);
  });

  it('is not done while nobody sees the page, and at once when somebody does', () => {
    watched();
    page.visibilityState = 'hidden';
    mock.timers.tick(10 * fewSeconds);
    assert.equal(looks, 0);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    assert.equal(looks, 1);
  });

  it('is done one at a time', () => {
    answer = () => new Promise(() => undefined);
    watched();
    mock.timers.tick(5 * fewSeconds);
    assert.equal(looks, 1);
  });
});
