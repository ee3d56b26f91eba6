import type { DatabaseSync } from 'node:sqlite';
import { isList, type JsonObject, type JsonValue } from '../../core/json.js';
import { customMetadata } from '../../core/labels/custom.js';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import { formatS3Uri } from '../../core/s3Uri.js';
import type { Clock } from '../clock.js';
import {
  FunctionFailure,
  functionPatienceMs,
  FunctionUnavailable,
  type LabelingFunctions,
} from '../functions/labelingFunctions.js';
import type { Identity } from '../http/services.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage, ObjectStorages } from '../store/objectStorage.js';
import {
  type Consolidation,
  keepOutcome,
  objectsIn,
  setLabeled,
  unlabeledConsolidations,
} from './consolidationRecords.js';
import { failureMetadata } from './failures.js';
import { jobArn } from './jobArn.js';
import { callFunction } from './jobFunction.js';
import { changeOutput, type Job } from './jobRecords.js';
import { writeConsolidationRequest } from './outputFiles.js';
import { outputPaths } from './outputPaths.js';

interface PostAnnotationDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly storages: ObjectStorages;
  readonly functions: LabelingFunctions;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /**
   * Since when the function of a job, by the job's number, cannot be called. A server that starts knows of none: what is
   * to be called may start with it, and only after it.
   */
  readonly awaySince: Map<number, number>;
}

/** What became of an object: a label, or why there is none. */
type Outcome = { readonly label: JsonValue } | { readonly reason: string };

/**
 * Has the job's own function make labels of the consolidations that have none yet: it gets the payload of a Lambda
 * function of Ground Truth, and what it answers for an object under the label attribute's name is the label. Objects it
 * answers nothing usable for fail. What it was doing when the process died it is asked again. Resolves to `false` while
 * the function cannot be called, and is waited for.
 */
export async function labelByFunction(dependencies: PostAnnotationDependencies, job: Job): Promise<boolean> {
  const { database } = dependencies;
  const { postAnnotationFunction: arn } = job;
  if (arn === undefined) {
    return true;
  }
  for (const consolidation of unlabeledConsolidations(database, job)) {
    await writeConsolidationRequest(dependencies, job, consolidation);
    const outcomeOf = await outcomes(dependencies, job, { arn, consolidation });
    if (outcomeOf === undefined) {
      return false;
    }
    keep(dependencies, job, { consolidation, outcomeOf });
  }
  return true;
}

async function outcomes(
  { functions, storages, identity, clock, log, awaySince }: PostAnnotationDependencies,
  job: Job,
  { arn, consolidation }: { readonly arn: string; readonly consolidation: Consolidation },
): Promise<((id: number) => Outcome) | undefined> {
  try {
    const asked = { arn, event: event(job, consolidation, identity) };
    const answer = await callFunction({ functions, storages }, job, asked);
    awaySince.delete(job.id);
    return outcomesIn(answer, { arn, labelAttributeName: job.labelAttributeName });
  } catch (error) {
    const time = clock.now().getTime();
    const since = awaySince.get(job.id) ?? time;
    if (error instanceof FunctionUnavailable && time < since + functionPatienceMs) {
      awaySince.set(job.id, since);
      log(`labeling job "${job.name}": ${error.message}`);
      return undefined;
    }
    if (error instanceof FunctionFailure || error instanceof FunctionUnavailable) {
      const reason = `The post-annotation function ${arn} failed: ${error.message}`;
      return () => ({ reason });
    }
    throw error;
  }
}

function event(job: Job, consolidation: Consolidation, identity: Identity): JsonObject {
  const { bucket, key } = job.output;
  const { KmsKeyId: kmsKeyId = '' } = job.request.OutputConfig;
  return {
    version: '2018-10-16',
    labelingJobArn: jobArn(job, identity),
    labelCategories: job.request.LabelCategoryConfigS3Uri === undefined ? null : job.labels.map(({ label }) => label),
    labelAttributeName: job.labelAttributeName,
    roleArn: job.request.RoleArn,
    payload: { s3Uri: formatS3Uri({ bucket, key: key + outputPaths.consolidationRequest(consolidation) }) },
    outputConfig: formatS3Uri({ bucket, key: `${key}annotations` }),
    maxHumanWorkersPerDataObject: job.workersPerObject,
    ...(kmsKeyId !== '' && { kmsKeyId }),
  };
}

function outcomesIn(
  answer: JsonValue,
  { arn, labelAttributeName }: { readonly arn: string; readonly labelAttributeName: string },
): (id: number) => Outcome {
  const problem = (text: string): Outcome => ({ reason: `The answer of the post-annotation function ${arn} ${text}.` });
  if (!isList(answer)) {
    return () => problem('is not a list of objects with "datasetObjectId" and "consolidatedAnnotation"');
  }
  const entries = new Map(answer.map((entry) => [member(entry, 'datasetObjectId'), entry]));
  return (id) => {
    const entry = entries.get(String(id)) ?? entries.get(id); // Ids are texts; whoever calculated with them has numbers.
    if (entry === undefined) {
      return problem(`has no entry whose "datasetObjectId" is "${id}"`);
    }
    const label = member(member(member(entry, 'consolidatedAnnotation'), 'content'), labelAttributeName);
    return label === undefined
      ? problem(`has no "${labelAttributeName}" in the "consolidatedAnnotation.content" of object "${id}"`)
      : { label };
  };
}

function keep(
  { database, clock }: PostAnnotationDependencies,
  job: Job,
  { consolidation, outcomeOf }: { readonly consolidation: Consolidation; readonly outcomeOf: (id: number) => Outcome },
): void {
  const now = clock.now();
  inTransaction(database, () => {
    objectsIn(database, job, consolidation).forEach((row, index) => {
      const outcome = outcomeOf(row.id);
      const createdAt = creationDate(now.getTime(), index);
      keepOutcome(
        database,
        row,
        'label' in outcome
          ? { label: outcome.label, metadata: customMetadata(job.name, { createdAt }) }
          : { label: undefined, metadata: failureMetadata(outcome.reason) },
      );
    });
    setLabeled(database, consolidation);
    changeOutput(database, job, now);
  });
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || isList(value) || !Object.hasOwn(value, name)) {
    return undefined;
  }
  return value[name];
}
