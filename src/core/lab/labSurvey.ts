import { Failure } from '../failure.js';
import type { LabelingJob, Services } from '../ports.js';
import { parseS3Uri } from '../s3Uri.js';
import type { LabResource } from './labResources.js';
import { isOfLab } from './labTags.js';
import { inOrder, type LedgerEntry } from './ledgerEntries.js';

/** The ledger, held against what there is. */
export interface LabSurvey {
  /** What can be deleted, or stopped, in the order in which it is. */
  readonly entries: readonly LedgerEntry[];
  /** Recorded labeling jobs that have ended: AWS keeps them. */
  readonly endedJobs: readonly LabResource[];
  /** Begun and never made. */
  readonly gone: readonly LedgerEntry[];
  /** Begun and never confirmed, and what is there does not say that it is ours. */
  readonly unclear: readonly LedgerEntry[];
  /** All of the account and region that are not ended, whoever made them. */
  readonly runningJobs: readonly LabelingJob[];
}

type Asking = Pick<Services, 'labelingJobs' | 'privateTeams'>;

/** Asks for as little as there is in the ledger. Where nobody may look, the ledger is believed. */
export async function surveyLab(
  services: Asking,
  recorded: readonly LedgerEntry[],
  signal: AbortSignal,
): Promise<LabSurvey> {
  const runningJobs = await listRunningJobs(services, recorded, signal);
  const running = new Set(runningJobs?.map(({ name }) => name));
  const hasEnded = ({ resource }: LedgerEntry) =>
    resource.kind === 'labelingJob' && runningJobs !== undefined && !running.has(resource.name);
  const found = await foundOf(services, recorded, signal);
  const those = (state: Found['state']) => found.flatMap((it) => (it.state === state ? it.entry : []));
  return {
    entries: inOrder(those('ours').filter((entry) => !hasEnded(entry))),
    endedJobs: recorded.filter(hasEnded).map(({ resource }) => resource),
    gone: those('gone'),
    unclear: those('unclear'),
    runningJobs: runningJobs ?? [],
  };
}

/** `undefined` where nobody may look. */
async function listRunningJobs(
  { labelingJobs }: Asking,
  recorded: readonly LedgerEntry[],
  signal: AbortSignal,
): Promise<readonly LabelingJob[] | undefined> {
  const concerned = new Set<LabResource['kind']>(['labelingJob', 'bucket', 'team', 'role']);
  if (!recorded.some(({ resource }) => concerned.has(resource.kind))) {
    return [];
  }
  const jobs = await unlessDenied(() => labelingJobs.list(signal));
  return jobs?.filter(({ status }) => status === 'InProgress' || status === 'Initializing' || status === 'Stopping');
}

interface Found {
  readonly entry: LedgerEntry;
  readonly state: 'ours' | 'gone' | 'unclear';
}

/**
 * There is one workforce, and one pool of the console's name: what was begun and cut short may be somebody else's by
 * now. The pool's tags tell, which came with the request that made it.
 */
async function foundOf(
  services: Asking,
  recorded: readonly LedgerEntry[],
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const look = async () => ({
    pool: await services.privateTeams.userPool(signal),
    workforce: await services.privateTeams.workforce(signal),
  });
  const there = recorded.every(isSure) ? undefined : await unlessDenied(look);
  const recordedPool = recorded.flatMap(({ resource: it }) => (it.kind === 'userPool' ? (it.id ?? []) : []))[0];
  const ownPool = recordedPool ?? (there?.pool && isOfLab(there.pool.tags) ? there.pool.id : undefined);
  return recorded.map((entry): Found => {
    if (isSure(entry)) {
      return { entry, state: 'ours' };
    }
    if (entry.resource.kind === 'userPool') {
      return ownPool === undefined
        ? { entry, state: there && !there.pool ? 'gone' : 'unclear' }
        : { entry: { ...entry, resource: { kind: 'userPool', id: ownPool } }, state: 'ours' };
    }
    const isOurs = ownPool !== undefined && there?.workforce?.userPoolId === ownPool;
    return { entry, state: isOurs ? 'ours' : there && !there.workforce ? 'gone' : 'unclear' };
  });
}

function isSure({ isBegun, resource: { kind } }: LedgerEntry): boolean {
  return isBegun !== true || (kind !== 'userPool' && kind !== 'workforce');
}

async function unlessDenied<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (Failure.is(error, 'aws.accessDenied')) {
      return undefined;
    }
    throw error;
  }
}

/** A labeling job that goes on, and what of these resources it would miss. */
export interface JobInTheWay {
  readonly name: string;
  readonly uses: readonly LabResource[];
}

/** Which jobs still need something of what is to be deleted: what they read, where they write, team and role. */
export async function jobsInTheWay(
  { labelingJobs }: Pick<Services, 'labelingJobs'>,
  { jobs, doomed }: { readonly jobs: readonly LabelingJob[]; readonly doomed: readonly LabResource[] },
  signal: AbortSignal,
): Promise<readonly JobInTheWay[]> {
  const inTheWay: JobInTheWay[] = [];
  for (const { name, workteamArn, inputManifest } of jobs) {
    const request = (await unlessDenied(() => labelingJobs.describe(name, signal)))?.request;
    const {
      manifestS3Uri = '',
      s3OutputPath = '',
      labelCategoryConfigS3Uri = '',
      uiTemplateS3Uri = '',
    } = request ?? {};
    const uris = [manifestS3Uri, s3OutputPath, labelCategoryConfigS3Uri, uiTemplateS3Uri];
    const buckets = new Set([inputManifest?.bucket, ...uris.map((uri) => parseS3Uri(uri)?.bucket)]);
    const uses = doomed.filter((resource) => {
      switch (resource.kind) {
        case 'bucket':
          return buckets.has(resource.name);
        case 'objects':
          return buckets.has(resource.bucket);
        case 'team':
          return workteamArn.endsWith(`/${resource.name}`);
        case 'role':
          return request?.roleArn.endsWith(`/${resource.name}`) === true;
        case 'workforce':
        case 'userPool':
        case 'labelingJob':
          return false;
      }
    });
    if (uses.length > 0) {
      inTheWay.push({ name, uses });
    }
  }
  return inTheWay;
}
