import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failure.js';
import { workerPortalOver } from '../../../../src/core/portal/portalClient.js';
import type { PortalSession } from '../../../../src/core/portal/workerPortal.js';

const { signal } = new AbortController();
const session: PortalSession = {
  token: 't',
  email: 'ana@example.org',
  workerId: 'w',
  expiresAt: '2100-01-01T00:00:00Z',
};

describe('what the portal replies to an answer', () => {
  it('is a refusal where it will never be taken', async () => {
    await assert.rejects(submit(400, { code: 'InvalidRequest', message: 'No label.' }), (error) =>
      Failure.is(error, 'portal.refused'),
    );
  });

  // Whoever keeps answers gives those up that were refused.
  it('is no refusal where the server has failed', async () => {
    await assert.rejects(
      submit(500, { code: 'InternalFailure', message: 'The disk is full.' }),
      (error) => !Failure.is(error) && /failed: The disk is full\./u.test(String(error)),
    );
  });
});

function submit(status: number, reply: object): Promise<unknown> {
  const portal = workerPortalOver(async () => ({ status, text: JSON.stringify(reply) }));
  return portal.submitAnswer(session, { taskId: '1', answerContent: {} }, signal);
}
