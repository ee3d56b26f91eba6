import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type AwsClient, type AwsServicesOptions, createAwsServices } from '../../../src/aws/services.js';
import { createLabelingJob } from '../../../src/core/jobs/createLabelingJob.js';
import { planLabelingJob } from '../../../src/core/jobs/labelingJobPlan.js';
import { deleteResource } from '../../../src/core/lab/deleteResource.js';
import { inDeletionOrder, type LabResource } from '../../../src/core/lab/labResources.js';
import type { PrivateTeam, Services, Target } from '../../../src/core/ports.js';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { upload } from '../../../src/core/uploads/upload.js';
import { labDraft } from '../jobDrafts.js';
import { onePixel, type PortalUser } from '../lab.js';
import { jobsOf } from '../labWaits.js';
import type { FaultyTestServer } from '../localServer.js';
import { labelTask, signInInvited } from '../preparedLab.js';
import type { RequestRecorder } from '../requests/requestRecorder.js';
import { hasten } from './hasten.js';
import { MemoryKeeper } from '../labKeepers.js';

const labBucket = 'faulty-lab-sagemaker';
const labFolder = 'pictures/';
const labTeam = 'labeling-team';
const pictureCount = 60;
const { signal } = new AbortController();
const worker = 'ana@example.com';
const [labeledJob, stoppedJob] = ['cat-dog', 'cat-dog-again'];

interface LabConnection extends Pick<AwsServicesOptions, 'askMfaCode'> {
  readonly target?: Target;
}

/** What the lab's commands do, by the real adapters, one step after the other; each can be run again. */
export class FaultyLab {
  readonly services: Services;
  readonly #server: FaultyTestServer;
  #user: PortalUser | undefined;
  readonly #watcher = { onStep: () => undefined, keeper: new MemoryKeeper() };
  #made: readonly LabResource[] = [
    { kind: 'bucket', name: labBucket },
    { kind: 'team', name: labTeam },
    { kind: 'workforce', name: 'default' },
    { kind: 'userPool' },
    { kind: 'labelingJob', name: labeledJob },
    { kind: 'labelingJob', name: stoppedJob },
  ];

  /** `connection` where it is another than to the server as such. */
  constructor(server: FaultyTestServer, recorder: Pick<RequestRecorder, 'onClient'>, connection: LabConnection = {}) {
    this.#server = server;
    const onClient = (client: AwsClient) => {
      recorder.onClient(client);
      hasten(client);
    };
    const { target = { kind: 'local', server }, ...options } = connection;
    this.services = createAwsServices(target, { ...options, onClient, wait: shortly });
  }

  readonly steps: Readonly<Record<string, () => Promise<unknown>>> = {
    'create bucket': () => this.services.objects.createBucket(labBucket, signal),
    CORS: () => this.services.objects.allowLabelingPages(labBucket, signal),
    'upload 60 files': () => this.#upload(),
    'make public': () => this.services.objects.makePublic([{ bucket: labBucket, key: `${labFolder}0.png` }], signal),
    'private team': () => this.services.privateTeams.create(teamRequest, this.#watcher, signal),
    invite: async () => {
      const emails = ['bo@example.com', 'cy@example.com'];
      return this.services.privateTeams.invite({ team: await this.#team(), emails }, () => undefined, signal);
    },
    'resend invitation': async () => {
      const team = await this.#team();
      const members = await this.services.privateTeams.members(team, signal);
      const member = members.find(({ email }) => email === 'bo@example.com');
      return member && this.services.privateTeams.resendInvitation(team, member, signal);
    },
    'role and job': () => this.#createJob(labeledJob),
    'another job': () => this.#createJob(stoppedJob),
    poll: () => this.services.labelingJobs.describe(labeledJob, signal),
    list: async () => {
      await this.services.objects.listBuckets(signal);
      await this.services.objects.listObjects({ bucket: labBucket, prefix: labFolder, isFolder: true }, signal);
      await this.services.labelingJobs.list(signal);
      await this.services.executionRoles.list(signal);
      await this.services.privateTeams.members(await this.#team(), signal);
    },
    'label a picture': () => this.#label(),
    output: async () => {
      const key = `output/${labeledJob}/manifests/output/output.manifest`;
      return this.services.objects.readObject({ bucket: labBucket, key }, {}, signal);
    },
    stop: () => this.services.labelingJobs.stop(stoppedJob, signal),
    'clean up': () => this.#cleanUp(),
  };

  dispose(): void {
    this.services.dispose();
  }

  async #upload(): Promise<void> {
    const files = Array.from({ length: pictureCount }, (_, index) => ({
      key: `${labFolder}${index}.png`,
      read: async () => onePixel,
    }));
    const { objects } = this.services;
    const outcome = await upload({ objects, bucket: labBucket, files, md5, onProgress: () => undefined }, signal);
    const [failed] = outcome.failed;
    if (failed) {
      throw failed.error;
    }
  }

  async #team(): Promise<PrivateTeam> {
    const team = (await this.services.privateTeams.list(signal)).find(({ name }) => name === labTeam);
    if (team === undefined) {
      throw new Error(`There is no team "${labTeam}".`);
    }
    return team;
  }

  async #createJob(jobName: string): Promise<void> {
    const roles = this.#made.flatMap((made) => (made.kind === 'role' ? made : []));
    const draft = {
      ...labDraft,
      jobName,
      inputBucket: labBucket,
      inputFolder: labFolder,
      outputPath: `s3://${labBucket}/output/`,
      roleArn: roles[0]?.arn ?? '',
      teamArn: `arn:aws:sagemaker:us-east-1:${this.#server.accountId}:workteam/private-crowd/${labTeam}`,
      goodExample: { picture: '', description: '' },
    };
    const pictures = Array.from({ length: 2 }, (_, at) => ({ bucket: labBucket, key: `${labFolder}${at}.png` }));
    const plan = planLabelingJob(draft, { kind: 'pictures', pictures }, '<crowd-form></crowd-form>', new Date(0));
    const onRole = (role: { readonly name: string; readonly arn: string }) => {
      this.#made = [...this.#made, { kind: 'role', ...role }];
    };
    await createLabelingJob(this.services, plan, { ...this.#watcher, onRole }, signal);
  }

  async #label(): Promise<void> {
    this.#user ??= await signInInvited(this.#server, worker);
    const user = this.#user;
    const jobs = await jobsOf(user);
    const job = jobs.find(({ labelingJobName }) => labelingJobName === labeledJob);
    const tasks = await user.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 1 });
    for (const task of tasks) {
      await this.services.objects.readObject({ bucket: labBucket, key: `${labFolder}0.png` }, {}, signal);
      await labelTask(user, task, 'cat');
    }
  }

  async #cleanUp(): Promise<void> {
    for (const resource of inDeletionOrder(this.#made)) {
      await deleteResource({ services: this.services, resource }, signal);
    }
  }
}

const teamRequest = {
  name: labTeam,
  description: 'Private team of Example & Sons',
  emails: [worker],
  organization: 'Example & Sons',
  contactEmail: 'boss@example.com',
};

/** Tests have no time to lose: what the server needs several looks for is counted by looks. */
async function shortly(_: number, until: AbortSignal): Promise<void> {
  await setImmediate();
  until.throwIfAborted();
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
