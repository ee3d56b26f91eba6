import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import { createLabelingJob, type CreationWatcher } from '../../../src/core/jobs/createLabelingJob.js';
import { planLabelingJob } from '../../../src/core/jobs/labelingJobPlan.js';
import type { LabResource } from '../../../src/core/lab/labResources.js';
import { labTags } from '../../../src/core/lab/labTags.js';
import type { ExecutionRole, ExecutionRoles, RoleWish } from '../../../src/core/executionRoles.js';
import type { LabelingJobRequest, LabelingJobs } from '../../../src/core/ports.js';
import { formatS3Uri } from '../../../src/core/s3Uri.js';
import { labDraft } from '../../support/jobDrafts.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const bucket = labDraft.inputBucket;
const pictures = [{ bucket, key: 'traindata_cat_dog_images_20/0.jpg' }];
const now = new Date('2024-09-16T01:00:59Z');
const newRole: ExecutionRole = { name: 'new', arn: 'arn:aws:iam::111122223333:role/service-role/new' };

describe('createLabelingJob', () => {
  it('writes what the job names before it asks for the job', async () => {
    const lab = await account();
    await createLabelingJob(lab.services, plan(labDraft.roleArn), lab.watcher, signal);
    const [request] = lab.requests;
    assert.equal(request?.roleArn, labDraft.roleArn);
    for (const uri of [request?.manifestS3Uri, request?.labelCategoryConfigS3Uri, request?.uiTemplateS3Uri]) {
      assert.ok(uri !== undefined && lab.writtenBefore.includes(uri), uri);
    }
    assert.deepEqual(lab.told, [
      'step file manifest',
      'begin dataset-20240916T010059.manifest',
      'step file labelCategories',
      'begin data.json',
      'step file template',
      'begin template.liquid',
      'step pages',
      'step job',
      'begin groundtruth-labeling-job-cat-dog',
      'made groundtruth-labeling-job-cat-dog',
    ]);
  });

  it('makes a role first, and tells of it at once', async () => {
    const lab = await account();
    await createLabelingJob(lab.services, plan(''), lab.watcher, signal);
    assert.deepEqual(lab.told.slice(0, 2), ['step role', 'made role new']);
    assert.deepEqual(lab.roleWishes, [{ buckets: [bucket] }]);
    assert.equal(lab.requests[0]?.roleArn, newRole.arn);
  });

  it('has told of all that it made when the job is refused', async () => {
    const refusal = new Failure('aws.refused', { action: 'create', name: 'ResourceInUse', reason: 'taken' });
    const lab = await account(refusal);
    await assert.rejects(createLabelingJob(lab.services, plan(''), lab.watcher, signal), refusal);
    assert.deepEqual(lab.told.filter((line) => !line.startsWith('step')).slice(-3), [
      'begin template.liquid',
      'begin groundtruth-labeling-job-cat-dog',
      'take back groundtruth-labeling-job-cat-dog',
    ]);
  });

  it('tags the job, and passes on that it may not', async () => {
    const lab = await account(undefined, 'sagemaker:AddTags');
    await createLabelingJob(lab.services, plan(labDraft.roleArn), lab.watcher, signal);
    assert.deepEqual(lab.requests[0]?.tags, lab.watcher.keeper.tags);
    assert.equal(lab.told.at(-1), 'made groundtruth-labeling-job-cat-dog without sagemaker:AddTags');
  });

  it('goes on with a role that was begun for the same buckets', async () => {
    const lab = await account();
    await createLabelingJob(lab.services, plan(''), { ...lab.watcher, roleName: 'begun' }, signal);
    assert.deepEqual(lab.roleWishes, [{ buckets: [bucket], name: 'begun' }]);
  });

  it('stops where it is given up', async () => {
    const lab = await account();
    const abort = new AbortController();
    const keeper = { ...lab.watcher.keeper, begin: async () => (abort.abort(), async () => undefined) };
    const watcher: CreationWatcher = { ...lab.watcher, keeper };
    await assert.rejects(createLabelingJob(lab.services, plan(labDraft.roleArn), watcher, abort.signal), {
      name: 'AbortError',
    });
    assert.deepEqual(lab.requests, []);
  });
});

function plan(roleArn: string) {
  return planLabelingJob({ ...labDraft, roleArn }, { kind: 'pictures', pictures }, '<template>', now);
}

/** An account that notes what is done in it. */
async function account(refusal?: Failure, deniedTagging?: string) {
  const told: string[] = [];
  const requests: LabelingJobRequest[] = [];
  const roleWishes: RoleWish[] = [];
  const writtenBefore: string[] = [];
  const objects = new MemoryObjectStore();
  await objects.createBucket(bucket, signal);
  const labelingJobs: Pick<LabelingJobs, 'create'> = {
    async create(request) {
      const { objects: written } = await objects.listObjects({ bucket }, signal);
      writtenBefore.push(...written.map(formatS3Uri));
      requests.push(request);
      if (refusal !== undefined) {
        throw refusal;
      }
      return { arn: 'arn', ...(deniedTagging !== undefined && { deniedTagging }) };
    },
  };
  const executionRoles: Pick<ExecutionRoles, 'create'> = {
    create(wish) {
      roleWishes.push(wish);
      return Promise.resolve(newRole);
    },
  };
  const watcher: CreationWatcher = {
    onStep: (step) => told.push(['step', step.kind, ...(step.kind === 'file' ? [step.role] : [])].join(' ')),
    onRole: ({ name }) => told.push(`made role ${name}`),
    keeper: {
      tags: labTags('test'),
      begin: async (resource) => {
        told.push(`begin ${nameOf(resource)}`);
        return async () => void told.push(`take back ${nameOf(resource)}`);
      },
      made: async (resource, denied) =>
        void told.push(`made ${nameOf(resource)}${denied === undefined ? '' : ` without ${denied}`}`),
    },
  };
  return { services: { objects, labelingJobs, executionRoles }, watcher, told, requests, roleWishes, writtenBefore };
}

function nameOf(resource: LabResource): string | undefined {
  return resource.kind === 'objects' ? resource.names.join() : 'name' in resource ? resource.name : undefined;
}
