import { readFile, readdir } from 'node:fs/promises';
import { checkDraft, filledLabels } from '../../src/core/jobs/checkDraft.js';
import { jobTemplate } from '../../src/core/jobs/jobTemplate.js';
import type { ExecutionRole } from '../../src/core/executionRoles.js';
import { formatS3Uri } from '../../src/core/s3Uri.js';
import { emptyDraft, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { renderTemplate } from '../../src/core/templates/renderTemplate.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type { DraftFinding, JobSetup, TeamChoice } from '../../src/protocol/jobSetup.js';

import { labDraft } from './jobDrafts.js';

const samples = new URL('../../media/samples/traindata_cat_dog_images_20/', import.meta.url);

/** What the fake host of the job form has, and what the page has done with it. */
export interface FakeJobHost {
  kept: LabelingJobDraft;
  jobNames: string[];
  teams: TeamChoice[];
  buckets: string[];
  roles: ExecutionRole[];
  readonly created: LabelingJobDraft[];
  readonly examined: LabelingJobDraft[];
  /** What the doctor says. */
  findings: readonly DraftFinding[];
  readonly calls: string[];
  readonly handlers: Handlers<JobSetup>;
}

export const labBucket = 'ground-truth-labeling-sm';
export const labFolder = 'traindata_cat_dog_images_20/';

/** An account in which the lab has come to its third part: a bucket with the 20 pictures, and a team of one. */
export function fakeJobHost(changed: Partial<Handlers<JobSetup>> = {}): FakeJobHost {
  const host: FakeJobHost = {
    kept: emptyDraft,
    jobNames: ['groundtruth-labeling-job-cat-dog0408'],
    teams: [
      { arn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/my-team', name: 'my-team', members: 1 },
    ],
    buckets: [labBucket, 'another-bucket'],
    roles: [{ name: 'AmazonSageMaker-ExecutionRole-20240916T010074', arn: labDraft.roleArn }],
    created: [],
    examined: [],
    findings: [],
    calls: [],
    handlers: {
      'form.open': async ({ kept }) => ({
        draft: kept ?? host.kept,
        connection: 'local',
        mayRunTemplates: true,
        endpoint: 'http://127.0.0.1:4711',
      }),
      'draft.keep': async (draft) => void (host.kept = draft),
      'jobNames.list': async () => host.jobNames,
      'buckets.list': async () => host.buckets,
      'teams.list': async () => host.teams,
      'roles.list': async () => host.roles,
      'input.read': async (place) => {
        if (place.kind === 'folder' && place.prefix !== labFolder) {
          return { pictures: 0, bytes: 0, others: 3, samples: [], choices: [] };
        }
        const uris = (await readdir(samples)).map((name) => ({ bucket: labBucket, key: `${labFolder}${name}` }));
        return { pictures: 20, bytes: 257_000, others: 1, samples: uris.slice(0, 12), choices: uris };
      },
      'picture.read': async ({ key }) => {
        const bytes = await readFile(new URL(key.slice(labFolder.length), samples));
        return { bytes: new Uint8Array(bytes), contentType: 'image/jpeg' };
      },
      'preview.render': async ({ draft, picture }) =>
        renderTemplate(jobTemplate(draft), { taskObject: formatS3Uri(picture), labels: filledLabels(draft.labels) }),
      'frame.bundle': () => readFile(new URL('../../dist/webview/crowd.js', import.meta.url), 'utf8'),
      'folder.pick': async () => ({ bucket: labBucket, key: labFolder }),
      'manifest.pick': async () => ({ bucket: labBucket, key: `${labFolder}dataset-20240916T010074.manifest` }),
      'picture.pick': async () => ({ bucket: labBucket, key: `${labFolder}199.jpg` }),
      'team.create': async () => void host.calls.push('team.create'),
      'team.addMembers': async ({ arn }) => {
        host.calls.push('team.addMembers');
        host.teams = host.teams.map((team) => (team.arn === arn ? { ...team, members: team.members + 2 } : team));
      },
      'prices.edit': async () => void host.calls.push('prices.edit'),
      'bucket.create': async () => void host.calls.push('bucket.create'),
      'draft.examine': async (draft) => {
        host.examined.push(draft);
        return host.findings;
      },
      'doctor.run': async () => void host.calls.push('doctor.run'),
      'job.create': async (draft) => {
        const problems = checkDraft(draft, { jobNames: host.jobNames });
        if (problems.length > 0) {
          return { kind: 'refused', problems };
        }
        host.created.push(draft);
        host.jobNames.push(draft.jobName);
        return {
          kind: 'created',
          name: draft.jobName,
          arn: `arn:aws:sagemaker:us-east-1:1:labeling-job/${draft.jobName}`,
        };
      },
      'job.startLabeling': async ({ name }) => void host.calls.push(`startLabeling ${name}`),
      'job.simulateWorkers': async ({ name }) => void host.calls.push(`simulateWorkers ${name}`),
      'trust.manage': async () => void host.calls.push('trust.manage'),
      'job.show': async ({ name }) => void host.calls.push(`show ${name}`),
      ...changed,
    },
  };
  return host;
}
