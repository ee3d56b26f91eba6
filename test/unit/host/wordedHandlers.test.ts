import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const { signal } = new AbortController();

type Reading = { requests: { read: { params: undefined; result: void } }; events: Record<string, never> };

describe('what a page is told of a failure', () => {
  before(fakeVscode);

  it('is a sentence for the user, and the log has the rest', async () => {
    const failure = new Failure('object.changed', { uri: 's3://b/k' });
    const { handlers, logged } = await wordedOver(failure);
    await assert.rejects(handlers.read(undefined, signal), { message: /^"s3:\/\/b\/k" was replaced/u });
    assert.deepEqual(logged, [failure]);
  });

  it('is the failure itself where the page knows what to do', async () => {
    const failure = new Failure('portal.taskGone', { taskId: '1', reason: 'closed' });
    const { handlers } = await wordedOver(failure);
    await assert.rejects(handlers.read(undefined, signal), failure);
  });
});

async function wordedOver(failure: Failure) {
  const { worded } = await import('../../../src/host/support/wordedHandlers.js');
  const logged: unknown[] = [];
  const handlers = worded<Reading>(
    { read: (): Promise<void> => Promise.reject(failure) },
    { isForPage: ({ code }) => code === 'portal.taskGone', log: (error) => logged.push(error) },
  );
  return { handlers, logged };
}
