import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../src/core/json.js';
import {
  annotationConsolidationLambdaArn,
  type BuiltInTaskType,
  preHumanTaskLambdaArn,
} from '../../src/core/labels/builtInFunctions.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import { cognitoService } from '../../src/local/cognito/cognitoService.js';
import type { JsonService } from '../../src/local/http/services.js';
import { iamService } from '../../src/local/iam/iamService.js';
import { submitAnswer } from '../../src/local/labeling/answers.js';
import { LabelingEngine } from '../../src/local/labeling/engine.js';
import { acceptTask, type HandOutDependencies, listJobs, takeTasks } from '../../src/local/labeling/handOut.js';
import { checkMask } from '../../src/local/labeling/maskCheck.js';
import type { Worker } from '../../src/local/labeling/workers.js';
import { run } from '../../src/local/records.js';
import type { ObjectStorages } from '../../src/local/store/objectStorage.js';
import { sageMakerService } from '../../src/local/sagemaker/sageMakerService.js';
import { createTables } from '../../src/local/schema.js';
import { directMasks } from './directMasks.js';
import { FakeClock } from './fakeClock.js';
import { imageTemplate, onePixel } from './lab.js';
import { MemoryFunctions } from './memoryFunctions.js';
import { MemoryObjects } from './memoryObjects.js';

export const identity = {
  accountId: '111122223333',
  region: 'us-east-1',
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 'secret',
};

const sageMakerTrust = {
  Effect: 'Allow',
  Principal: { Service: 'sagemaker.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

export const bucket = 'pictures';

export interface JobOptions {
  readonly name?: string;
  readonly lines?: readonly string[];
  /** Changes to the request's HumanTaskConfig. */
  readonly task?: JsonObject;
  /** Changes to the request itself. */
  readonly request?: JsonObject;
  /** The entries of the label category file. */
  readonly categories?: readonly JsonObject[];
  /** What that file has beside its labels. */
  readonly instructions?: JsonObject;
}

/** The engine and the services around it, in memory, with a clock that the test sets. */
export class EngineLab {
  readonly clock = new FakeClock();
  readonly objects = new MemoryObjects();
  readonly storages: ObjectStorages = { has: () => false, of: () => this.objects, problem: () => undefined };
  readonly database: DatabaseSync;
  readonly log: string[] = [];
  readonly functions = new MemoryFunctions();
  readonly masks = { ...directMasks };
  readonly portal: HandOutDependencies;
  engine: LabelingEngine;
  readonly #services: Readonly<Record<'sageMaker' | 'cognito', JsonService>>;
  #team: { readonly arn: string; readonly pool: string } | undefined;

  constructor(database = new DatabaseSync(':memory:')) {
    this.database = database;
    createTables(database);
    this.engine = this.newEngine();
    const wake = (jobId: number): void => this.engine.wake(jobId);
    const shared = { database, identity, clock: this.clock };
    this.portal = { ...shared, wake };
    this.#services = {
      sageMaker: sageMakerService({
        ...shared,
        storages: this.storages,
        functions: this.functions,
        wake,
        waitingFor: (job) => this.engine.waitingFor(job),
        portalUrl: () => 'http://127.0.0.1:1/',
      }),
      cognito: cognitoService({ ...shared, outbox: { send() {} } }),
    };
    this.engine.start();
  }

  /** What is left when the process dies, and starts again. */
  async restart(): Promise<void> {
    await this.engine.stop();
    this.engine = this.newEngine();
    this.engine.start();
    await this.engine.idle();
  }

  newEngine(): LabelingEngine {
    const { database, storages, functions, masks, clock } = this;
    const log = (line: string): void => void this.log.push(line);
    return new LabelingEngine({ database, storages, functions, masks, identity, clock, log, onStep: () => undefined });
  }

  async call(service: 'sageMaker' | 'cognito', operation: string, input: JsonObject): Promise<JsonObject> {
    const answer = this.#services[service].operations[operation];
    if (answer === undefined) {
      throw new Error(`There is no operation ${operation}.`);
    }
    return (await answer(input)) ?? {};
  }

  /** A bucket, a role, and a team that members can be added to. */
  async prepare(): Promise<void> {
    this.objects.createBucket(bucket);
    const trust = { Version: '2012-10-17', Statement: [sageMakerTrust] };
    const { operations } = iamService({ database: this.database, identity, clock: this.clock });
    await operations['CreateRole']?.(
      new Map([
        ['RoleName', 'role'],
        ['AssumeRolePolicyDocument', JSON.stringify(trust)],
      ]),
    );
    const pool = await this.call('cognito', 'CreateUserPool', { PoolName: 'pool' });
    const UserPoolId = (pool['UserPool'] as { Id: string }).Id;
    const client = await this.call('cognito', 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'client',
      GenerateSecret: true,
    });
    const { ClientId } = client['UserPoolClient'] as { ClientId: string };
    await this.call('cognito', 'CreateGroup', { UserPoolId, GroupName: 'team' });
    await this.call('cognito', 'CreateUserPoolDomain', { UserPoolId, Domain: 'domain' });
    const member = { UserPool: UserPoolId, UserGroup: 'team', ClientId };
    const team = await this.call('sageMaker', 'CreateWorkteam', {
      WorkteamName: 'team',
      Description: 'A team',
      MemberDefinitions: [{ CognitoMemberDefinition: member }],
    });
    this.#team = { arn: (team as { WorkteamArn: string }).WorkteamArn, pool: UserPoolId };
  }

  get userPool(): string {
    return this.#team?.pool ?? '';
  }

  /** Straight into the records: a real sign-up would spend its time on passwords. */
  addWorker(username: string): Worker {
    const poolId = this.userPool;
    const sub = randomUUID();
    run(
      this.database,
      `INSERT INTO users (pool_id, username, sub, email, attributes, is_enabled, status, password, created_at, modified_at)
       VALUES (?, ?, ?, ?, '[]', 1, 'CONFIRMED', '', 0, 0)`,
      poolId,
      username,
      sub,
      username,
    );
    run(this.database, `INSERT INTO group_members VALUES (?, 'team', ?)`, poolId, username);
    return { sub, poolId, username };
  }

  request({ name = 'Job', task = {}, request = {} }: JobOptions = {}): JsonObject {
    return {
      LabelingJobName: name,
      LabelAttributeName: name,
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${bucket}/in.manifest` } } },
      OutputConfig: { S3OutputPath: `s3://${bucket}/out/` },
      RoleArn: `arn:aws:iam::${identity.accountId}:role/role`,
      LabelCategoryConfigS3Uri: `s3://${bucket}/labels.json`,
      ...request,
      HumanTaskConfig: {
        WorkteamArn: this.#team?.arn ?? '',
        UiConfig: { UiTemplateS3Uri: `s3://${bucket}/template.liquid` },
        PreHumanTaskLambdaArn: preHumanTaskLambdaArn('us-east-1', 'ImageMultiClass'),
        TaskTitle: 'Title',
        TaskDescription: 'Description',
        NumberOfHumanWorkersPerDataObject: 1,
        TaskTimeLimitInSeconds: 300,
        AnnotationConsolidationConfig: {
          AnnotationConsolidationLambdaArn: annotationConsolidationLambdaArn('us-east-1', 'ImageMultiClass'),
        },
        ...task,
      },
    };
  }

  /** Writes the job's input and makes the job; `lines` are references to pictures, which are made too. */
  async createJob(options: JobOptions = {}): Promise<void> {
    const { lines = pictureLines(3), categories = [{ label: 'cat' }, { label: 'dog' }] } = options;
    this.objects.put(bucket, 'in.manifest', lines.join('\n'));
    this.objects.put(bucket, 'labels.json', JSON.stringify({ labels: categories, instructions: options.instructions }));
    this.objects.put(bucket, 'template.liquid', imageTemplate);
    for (const line of lines) {
      const [, key] = /s3:\/\/pictures\/([^"]+)"/u.exec(line) ?? [];
      if (key !== undefined && !key.startsWith('missing') && !this.objects.has(bucket, key)) {
        this.objects.put(bucket, key, onePixel);
      }
    }
    await this.call('sageMaker', 'CreateLabelingJob', this.request(options));
    await this.engine.idle();
  }

  async describe(name = 'Job'): Promise<{
    readonly LabelingJobStatus: string;
    readonly LabelCounters: Readonly<Record<string, number>>;
    readonly FailureReason?: string;
    readonly JobReferenceCode: string;
  }> {
    const job: unknown = await this.call('sageMaker', 'DescribeLabelingJob', { LabelingJobName: name });
    return job as Awaited<ReturnType<EngineLab['describe']>>;
  }

  /** Total labeled, failed and unlabeled, as one short text. */
  async counts(name = 'Job'): Promise<string> {
    const { LabelCounters: counters, LabelingJobStatus: status } = await this.describe(name);
    return `${status} ${counters['TotalLabeled']}+${counters['FailedNonRetryableError']}+${counters['Unlabeled']}`;
  }

  take(worker: Worker, count = 10, name = 'Job'): readonly PortalTask[] {
    const job = listJobs(this.portal, worker).find(({ labelingJobName }) => labelingJobName === name);
    return job === undefined ? [] : takeTasks(this.portal, worker, { jobReferenceCode: job.jobReferenceCode, count });
  }

  /** Accepts, thinks for `seconds` and submits. */
  answer(worker: Worker, task: PortalTask, label: string, seconds = 1): ReturnType<typeof submitAnswer> {
    return this.submit(worker, task, answerOf(label), seconds);
  }

  submit(worker: Worker, task: PortalTask, answerContent: JsonObject, seconds = 1): ReturnType<typeof submitAnswer> {
    acceptTask(this.portal, worker, task.taskId);
    this.clock.advance(seconds * 1_000);
    return submitAnswer(this.portal, worker, { taskId: task.taskId, answerContent });
  }

  /** As `submit`, and looks at masks before, as the portal does. */
  async send(worker: Worker, task: PortalTask, answerContent: JsonObject): Promise<void> {
    await checkMask(this, worker, { taskId: task.taskId, answerContent });
    this.submit(worker, task, answerContent);
  }

  /** Labels all that the worker is given, batch after batch. */
  async labelAll(worker: Worker, labelOf: (objectId: number) => string, name = 'Job'): Promise<number> {
    let answered = 0;
    for (;;) {
      const tasks = this.take(worker, 50, name);
      if (tasks.length === 0) {
        return answered;
      }
      for (const task of tasks) {
        this.answer(worker, task, labelOf(Number(task.datasetObjectId)));
        answered += 1;
      }
      await this.engine.idle();
    }
  }

  manifest(name = 'Job'): readonly string[] {
    const text = this.objects.text(bucket, `out/${name}/manifests/output/output.manifest`);
    return text
      .replaceAll(/(?<="creation-date":")[^"]+/gu, 'DATE')
      .trimEnd()
      .split('\n');
  }
}

/** Changes to a request's HumanTaskConfig that make it one of another task type. */
export function functionsOf(taskType: BuiltInTaskType): JsonObject {
  return {
    PreHumanTaskLambdaArn: preHumanTaskLambdaArn('us-east-1', taskType),
    AnnotationConsolidationConfig: {
      AnnotationConsolidationLambdaArn: annotationConsolidationLambdaArn('us-east-1', taskType),
    },
  };
}

export function answerOf(label: string): JsonObject {
  return { 'crowd-image-classifier': { label } };
}

export function pictureLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `{"source-ref":"s3://pictures/${index}.png"}`);
}

export function labeledLine(object: number, { name = 'Job', label = 0, confidence = 0 } = {}): string {
  const className = ['cat', 'dog'][label] ?? '';
  return (
    `{"source-ref":"s3://pictures/${object}.png","${name}":${label},"${name}-metadata":{"confidence":${confidence},` +
    `"job-name":"labeling-job/${name.toLowerCase()}","class-name":"${className}","human-annotated":"yes",` +
    `"creation-date":"DATE","type":"groundtruth/image-classification"}}`
  );
}
