import assert from 'node:assert/strict';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import * as fc from 'fast-check';
import { createCaller } from '../../../src/aws/errors.js';
import { SageMakerLabelingJobs } from '../../../src/aws/sageMakerLabelingJobs.js';
import { checkDraft } from '../../../src/core/jobs/checkDraft.js';
import { jobTemplate } from '../../../src/core/jobs/jobTemplate.js';
import type { LabelingJobDraft } from '../../../src/core/jobs/labelingJobDraft.js';
import { planLabelingJob } from '../../../src/core/jobs/labelingJobPlan.js';
import { labTags } from '../../../src/core/lab/labTags.js';
import { labDraft } from '../../support/jobDrafts.js';
import { aroundRequests } from '../../support/requests/aroundRequests.js';
import { requestViolations } from '../../support/requests/requestViolations.js';

const { signal } = new AbortController();
const now = new Date('2026-11-29T12:00:00Z');
/** The requests that would have been sent. */
let sent: object[] = [];
const client = new SageMakerClient({ region: 'us-east-1' });
const jobs = new SageMakerLabelingJobs(client, { call: createCaller({ endpoint: 'AWS' }), isNewRole: () => false });
const bucket = 'b'.repeat(63);

/** What the form would send, were it not for the network: it must be what AWS's own service model allows. */
describe('what the job form lets through', () => {
  before(() => {
    aroundRequests(client, async ({ input }) => {
      sent.push(input);
      return { output: { $metadata: {} }, response: {} };
    });
  });

  const fields = fc.record<Partial<LabelingJobDraft>>({
    jobName: fc.oneof(
      textOf('aZ9-', 70),
      fc.constant('n'.repeat(63)),
      fc.constantFrom('source', 'a-ref', 'a-metadata'),
    ),
    inputFolder: fc.oneof(
      textOf('a/ü ', 40),
      fc.integer({ min: 900, max: 1_100 }).map((length) => 'f'.repeat(length)),
    ),
    outputPath: fc.oneof(
      textOf('s3:/ab-', 30),
      fc.integer({ min: 0, max: 1_000 }).map((length) => `s3://${bucket}/${'o'.repeat(length)}`),
    ),
    workersPerObject: fc.oneof(fc.integer({ min: -1, max: 11 }).map(String), textOf('0123.e ', 4)),
    taskTimeLimitMinutes: fc.oneof(fc.double({ min: 0, max: 500, noNaN: true }).map(String), textOf('0123.,', 5)),
    instruction: fc.string({ unit: 'binary', maxLength: 6_000 }),
    labels: fc.array(fc.string({ maxLength: 300 }), { maxLength: 60 }),
  });

  it('is a request that AWS’s service model allows', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fields, async (some) => {
        const draft = { ...labDraft, ...some };
        const bad = new Set(checkDraft(draft, {}).map(({ field }) => field.replace(/\..*$/u, '')));
        await send({ ...draft, ...Object.fromEntries(Object.entries(labDraft).filter(([name]) => bad.has(name))) });
        const violations = sent.flatMap((input) => requestViolations('SageMaker', 'CreateLabelingJob', input));
        count += sent.length;
        sent = [];
        assert.deepEqual(violations, []);
      }),
      { numRuns: 300, seed: 5 },
    );
    assert.ok(count > 250, `${count} were sent`);
  });

  for (const { what, field, draft } of [
    { what: 'results', field: 'outputPath', draft: { outputPath: `s3://${bucket}/${'o'.repeat(950)}` } },
    { what: 'pictures', field: 'inputFolder', draft: { inputFolder: 'f'.repeat(995) } },
  ]) {
    it(`has a place for ${what} that leaves room for the names of the job’s files`, () => {
      const [found] = checkDraft({ ...labDraft, ...draft }, {});
      assert.equal(found?.field, field);
      assert.equal(found.problem.kind, 'tooLong');
    });
  }
});

/** Of these characters, in any order. */
function textOf(characters: string, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...characters.split('')), maxLength });
}

async function send(draft: LabelingJobDraft): Promise<void> {
  if (checkDraft(draft, {}).length === 0) {
    const pictures = [{ bucket: draft.inputBucket, key: `${draft.inputFolder}a.png` }];
    const { request } = planLabelingJob(draft, { kind: 'pictures', pictures }, jobTemplate(draft), now);
    await jobs.create({ ...request, roleArn: draft.roleArn, tags: labTags('workspace') }, signal);
  }
}
