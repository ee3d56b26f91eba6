import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failure.js';
import { labJob, sitDown, worker } from '../../../support/labelingPages.js';

const { signal } = new AbortController();

describe('a session at a desk', () => {
  it('is not ended by what is told of the one before, as late as that may come', async () => {
    const { desk, portal, test } = await sitDown(await labJob(1), { startsJob: false });
    const late = Promise.withResolvers<never>();
    const list = portal.listJobs.bind(portal);
    const asked = Promise.withResolvers<void>();
    portal.listJobs = () => {
      asked.resolve();
      return late.promise;
    };
    const looking = desk.listJobs(signal);
    await asked.promise;
    portal.listJobs = list;
    await desk.signOut(signal);
    await desk.signIn(worker, portal.password, signal);
    let signedOut = 0;
    test.onSignedOut = () => {
      signedOut += 1;
    };
    late.reject(new Failure('portal.signedOut', { email: worker, why: 'signedOut' }));
    await looking;
    assert.equal(signedOut, 0);
    assert.equal((await desk.view(signal)).kind, 'jobs');
  });
});
