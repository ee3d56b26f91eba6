import assert from 'node:assert/strict';
import { simulatedMembers, mostSimulatedWorkers } from '../../../../src/core/simulation/simulatedTeam.js';
import { simulate } from '../../../../src/core/simulation/simulation.js';
import type { SignIn } from '../../../../src/core/portal/workerPortal.js';
import { FakeWorkerPortal } from '../../../support/fakeWorkerPortal.js';

/** Notes how many sign in at the same time: of those, each counts as an attempt until it has succeeded. */
class CountingPortal extends FakeWorkerPortal {
  signedIn = 0;
  mostAtOnce = 0;
  #signingIn = 0;

  override async signIn(credentials: { email: string; password: string }): Promise<SignIn> {
    this.#signingIn += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#signingIn);
    const answer = await super.signIn(credentials);
    this.#signingIn -= 1;
    this.signedIn += 1;
    return answer;
  }
}

describe('a simulation', () => {
  it('has a whole team sign in a few at a time', async () => {
    const portal = new CountingPortal({ template: '', inputs: [] });
    const worker = { confusion: [[1]], declineRate: 0, secondsPerTask: 0 };
    const members = simulatedMembers(mostSimulatedWorkers, worker, portal.password);
    await simulate(
      { labelingJobName: 'cats-and-dogs', members, seed: 1 },
      { portal, wait: async () => Promise.resolve() },
      () => undefined,
      new AbortController().signal,
    );
    assert.equal(portal.signedIn, mostSimulatedWorkers);
    assert.ok(portal.mostAtOnce <= 4, `${portal.mostAtOnce} at once`);
  });
});
