import type { JsonObject } from '../../core/json.js';
import { parseObjectAddress } from '../../core/s3Uri.js';
import type { LabelingFunctions } from '../functions/labelingFunctions.js';
import { ServiceError } from '../http/serviceError.js';
import { alphabets, randomText } from '../identifiers.js';
import { jobArn } from '../labeling/jobArn.js';
import { findJobRow, type JobRow, setStatus } from '../labeling/jobRecords.js';
import { run } from '../records.js';
import { StorageAway } from '../remote/storageAway.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage, ObjectStorages, StorageBucket } from '../store/objectStorage.js';
import { tagsOf } from '../tagRecords.js';
import { checkLabelingJobRules } from './labelingJobRules.js';
import { labelingJobState } from './labelingJobState.js';
import type { CreateLabelingJob, Operations } from './requests.js';
import { checkRole, invalid, type SageMakerDependencies } from './responses.js';
import { putTags } from './tags.js';
import { teamByArn, teamGroups } from './workteams.js';

export interface LabelingJobDependencies extends SageMakerDependencies {
  readonly storages: ObjectStorages;
  readonly functions: LabelingFunctions;
  /** Tells the engine that a job has something to do. */
  readonly wake: (jobId: number) => void;
  /** What the engine waits for, other than workers. */
  readonly waitingFor: (job: JobRow) => string | undefined;
}

type LabelingJobOperation = 'CreateLabelingJob' | 'DescribeLabelingJob' | 'StopLabelingJob';

export function labelingJobOperations(dependencies: LabelingJobDependencies): Operations<LabelingJobOperation> {
  const { database, storages, functions, identity, clock, wake } = dependencies;
  return {
    async CreateLabelingJob(request, storage) {
      const name = request.LabelingJobName;
      checkLabelingJobRules(request, { region: identity.region, functions });
      const workteam = referencedTeam(request.HumanTaskConfig.WorkteamArn, dependencies);
      checkRole(request.RoleArn, dependencies);
      await checkBuckets(request, dependencies, storages.of(storage));
      const arn = jobArn({ name }, identity);
      const now = clock.now().getTime();
      const id = inTransaction(database, () => {
        const other = findJobRow(database, name);
        if (other !== undefined) {
          throw new ServiceError('ResourceInUse', `The labeling job name ${name} is already in use (${other.name}).`);
        }
        run(
          database,
          `INSERT INTO labeling_jobs (name, reference_code, request, workteam, status, created_at, modified_at, storage)
           VALUES (?, ?, ?, ?, 'Initializing', ?, ?, ?)`,
          name,
          identity.accountId + randomText(16, alphabets.digitsAndLetters),
          JSON.stringify(request),
          workteam,
          now,
          now,
          storage ?? null,
        );
        putTags(database, arn, request.Tags ?? []);
        return findJobRow(database, name)?.id;
      });
      if (id !== undefined) {
        wake(id);
      }
      return { LabelingJobArn: arn };
    },

    DescribeLabelingJob({ LabelingJobName: name }) {
      const row = existingJob(name, dependencies);
      const { OutputConfig: output, Tags: _tags, ...request } = JSON.parse(row.request) as JsonObject;
      const tags = tagsOf(database, jobArn(row, identity));
      return {
        ...request,
        ...labelingJobState(row, dependencies),
        JobReferenceCode: row.reference_code,
        LabelingJobName: row.name,
        LabelingJobArn: jobArn(row, identity),
        OutputConfig: { KmsKeyId: '', ...(output as JsonObject) },
        ...(tags.length > 0 && { Tags: tags }),
      };
    },

    StopLabelingJob({ LabelingJobName: name }) {
      const row = existingJob(name, dependencies);
      switch (row.status) {
        case 'Initializing':
        case 'InProgress':
          setStatus(database, row, { status: 'Stopping', now: clock.now() });
          wake(row.id);
          return undefined;
        case 'Stopping':
        case 'Stopped':
          return undefined;
        case 'Completed':
        case 'Failed':
          throw invalid(`The labeling job ${row.name} cannot be stopped: it is ${row.status}.`);
      }
    },
  };
}

function existingJob(name: string, { database }: LabelingJobDependencies): JobRow {
  const row = findJobRow(database, name);
  if (row === undefined) {
    throw new ServiceError('ResourceNotFound', `The labeling job ${name} does not exist.`);
  }
  return row;
}

/** The team's name; refuses what is not a private team of this account whose members can sign in. */
function referencedTeam(arn: string, dependencies: LabelingJobDependencies): string {
  if (/:workteam\/(?:public|vendor)-crowd\//u.test(arn)) {
    throw invalid(`Local Ground Truth has private work teams only: ${arn} is not one.`);
  }
  const team = teamByArn(arn, dependencies);
  if (team === undefined) {
    throw invalid(`The work team ${arn} does not exist.`);
  }
  if (teamGroups(dependencies.database, team.name).length === 0) {
    throw invalid(
      `Nobody of the work team ${team.name} can sign in: Local Ground Truth asks no OpenID Connect provider. Take a team with a CognitoMemberDefinition.`,
    );
  }
  return team.name;
}

/** A bucket that cannot be used is refused at once; what is wrong with an object in one makes the job fail. */
async function checkBuckets(
  request: CreateLabelingJob,
  { identity }: LabelingJobDependencies,
  objects: ObjectStorage,
): Promise<void> {
  const addresses = [
    request.InputConfig.DataSource.S3DataSource?.ManifestS3Uri,
    request.OutputConfig.S3OutputPath,
    request.LabelCategoryConfigS3Uri,
    request.HumanTaskConfig.UiConfig.UiTemplateS3Uri,
  ];
  for (const address of addresses) {
    const bucket = address === undefined ? undefined : parseObjectAddress(address)?.bucket;
    if (bucket !== undefined) {
      const found = await findBucket(objects, bucket);
      if (found === undefined) {
        throw invalid(`The S3 bucket ${bucket} does not exist or cannot be reached with the role ${request.RoleArn}.`);
      }
      if (found.region !== undefined && found.region !== identity.region) {
        throw invalid(
          `The S3 bucket ${bucket} is in ${found.region}: it must be in the labeling job's region, ${identity.region}.`,
        );
      }
    }
  }
}

async function findBucket(objects: ObjectStorage, bucket: string): Promise<StorageBucket | undefined> {
  try {
    return await objects.findBucket(bucket);
  } catch (error) {
    throw error instanceof StorageAway ? invalid(error.message) : error;
  }
}
