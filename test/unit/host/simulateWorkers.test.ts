import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobs, ObjectStore, PrivateTeams } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const job = { name: 'cats', arn: 'arn:job', workteamArn: 'arn:team' } as LabelingJob;
const consolidation = 'arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass';

describe('simulating workers', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const [workers, suggested] of [
    [1, '5'],
    [9, '9'],
  ] as const) {
    it(`suggests ${suggested} of them for a job that wants ${workers} for each object`, async () => {
      await simulate(workers);
      assert.deepEqual(
        user.asked.map(({ value }) => value),
        [suggested],
      );
    });
  }
});

async function simulate(numberOfHumanWorkersPerDataObject: number): Promise<void> {
  const { simulateWorkers } = await import('../../../src/host/commands/simulateWorkers.js');
  const request = {
    numberOfHumanWorkersPerDataObject,
    annotationConsolidationLambdaArn: consolidation,
    labelCategoryConfigS3Uri: 's3://b/data.json',
  };
  const bytes = new TextEncoder().encode('{"labels":[{"label":"cat"},{"label":"dog"}]}');
  const { deps } = await hostDeps({
    labelingJobs: { describe: async () => ({ ...job, request }) } as unknown as LabelingJobs,
    objects: { readObject: async () => ({ bytes }) } as unknown as ObjectStore,
    privateTeams: { list: async () => [{ name: 'team', arn: 'arn:team' }] } as unknown as PrivateTeams,
  });
  await simulateWorkers(deps)({ kind: 'labelingJob', job });
}
