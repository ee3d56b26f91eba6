import type { ReadPrices } from '../cost/priceTable.js';
import type { S3Uri } from '../s3Uri.js';
import { formatS3Uri } from '../s3Uri.js';
import type { PrivateTeam, Services } from '../ports.js';
import { Turns } from '../turns.js';
import type { BuiltInTaskType } from '../labels/builtInFunctions.js';
import { parseBuiltInFunction } from '../labels/builtInFunctions.js';
import { pictureSample, readObjects, type JobObjects } from './jobObjects.js';
import { lookAtPicture, type ShownPicture } from './shownPicture.js';
import type { RoleFacts, RolePolicy, WorkforceFacts } from './probes.js';
import { readSmall, type ReadFile } from './readFile.js';
import type { CommandLine } from './report.js';
import type { JobChange, JobFacts, Subject } from './subject.js';

export type DoctorServices = Pick<
  Services,
  'account' | 'objects' | 'labelingJobs' | 'privateTeams' | 'executionRoles' | 'probes' | 'repairs'
>;

export interface Place {
  readonly kind: 'local' | 'aws';
  readonly region: string;
  /** What `aws` needs to go to the same place: `--profile`, `--region`, `--endpoint-url`. */
  readonly cliOptions: CommandLine;
  /** The same for its buckets, where those are elsewhere. */
  readonly s3CliOptions?: CommandLine;
}

export interface ExaminationOptions {
  readonly services: DoctorServices;
  readonly place: Place;
  readonly subject: Subject;
  /** Changes what the job is to be, where that can still be changed: a form, or a file of a request. */
  readonly changeJob?: (change: JobChange) => Promise<void>;
  /** How many of the objects are read. */
  readonly samples?: number;
  /** What AWS charges. */
  readonly prices?: () => Promise<ReadPrices>;
}

const defaultSamples = 10;
/** Only these are in memory. */
const picturesAtOnce = 3;

/** One look at a subject: what several checks need is asked for once. */
export class Examination {
  readonly services: DoctorServices;
  readonly place: Place;
  readonly subject: Subject;
  readonly changeJob: ((change: JobChange) => Promise<void>) | undefined;
  readonly prices: () => Promise<ReadPrices>;
  readonly #samples: number;
  readonly #pictureTurns = new Turns(picturesAtOnce);
  readonly #known = new Map<string, Promise<unknown>>();

  constructor({
    services,
    place,
    subject,
    changeJob,
    samples = defaultSamples,
    prices = async () => ({ problem: 'there is none' }),
  }: ExaminationOptions) {
    this.services = services;
    this.place = place;
    this.subject = subject;
    this.changeJob = changeJob;
    this.#samples = samples;
    this.prices = prices;
  }

  get job(): JobFacts | undefined {
    return this.subject.job;
  }

  /** `undefined` of a custom job, and where there is no job. */
  get taskType(): BuiltInTaskType | undefined {
    return parseBuiltInFunction(this.job?.preHumanTaskLambdaArn ?? '')?.taskType;
  }

  aws(...command: CommandLine): CommandLine {
    const { cliOptions, s3CliOptions = cliOptions } = this.place;
    return ['aws', ...command, ...(command[0]?.startsWith('s3') === true ? s3CliOptions : cliOptions)];
  }

  identity(signal: AbortSignal): Promise<{ readonly accountId: string; readonly arn: string }> {
    return this.#once('identity', () => this.services.account.identity(signal));
  }

  /** Every bucket that the subject names, also through its manifest. */
  async buckets(signal: AbortSignal): Promise<readonly string[]> {
    const { subject, job } = this;
    if (subject.buckets === 'all') {
      const all = await this.#once('buckets', () => this.services.objects.listBuckets(signal));
      return all.slice(0, mostBuckets).map(({ name }) => name);
    }
    const named = [job?.outputPath, job?.labelCategories, job?.template].flatMap((uri) => (uri ? [uri.bucket] : []));
    const objects = await this.#objectsOrNothing(signal);
    return [...new Set([...subject.buckets, ...(objects?.buckets ?? []), ...named])];
  }

  /** Of the pictures: what a worker's page loads from. */
  async pictureBuckets(signal: AbortSignal): Promise<readonly string[]> {
    if (this.subject.input === undefined) {
      return this.buckets(signal);
    }
    return (await this.#objectsOrNothing(signal))?.pictureBuckets ?? [];
  }

  /** Rejects where the manifest cannot be read; `undefined` where the subject has none. */
  async objects(signal: AbortSignal): Promise<JobObjects | undefined> {
    const { input } = this.subject;
    return input && this.#once('objects', () => readObjects(this.services.objects, input, signal));
  }

  /** The pictures that are looked at closely, spread over all of them. */
  async sample(signal: AbortSignal): Promise<readonly S3Uri[]> {
    const objects = await this.objects(signal);
    return objects ? pictureSample(objects.pictures, this.#samples) : [];
  }

  /** What a worker's page gets of an object. Its bytes are not kept: there may be forty million of each. */
  shownPicture(uri: S3Uri, signal: AbortSignal): Promise<ShownPicture> {
    return this.#once(`page ${formatS3Uri(uri)}`, () =>
      this.#pictureTurns.take(() => lookAtPicture(this.services.probes, uri, signal)),
    );
  }

  role(signal: AbortSignal): Promise<RoleFacts | undefined> {
    return this.#once('role', async () => {
      const name = this.roleName;
      return name === undefined ? undefined : this.services.probes.role(name, signal);
    });
  }

  get roleName(): string | undefined {
    const arn = this.job?.roleArn;
    return arn === undefined || arn === '' ? undefined : arn.slice(arn.lastIndexOf('/') + 1);
  }

  rolePolicies(name: string, signal: AbortSignal): Promise<readonly RolePolicy[]> {
    return this.#once('policies', () => this.services.probes.rolePolicies(name, signal));
  }

  workforce(signal: AbortSignal): Promise<WorkforceFacts | undefined> {
    return this.#once('workforce', () => this.services.probes.workforce(signal));
  }

  /** The teams that the subject is about: its job's, or all of them. */
  async teams(signal: AbortSignal): Promise<readonly PrivateTeam[]> {
    const all = await this.#once('teams', () => this.services.privateTeams.list(signal));
    const { teamArn = '' } = this.job ?? {};
    return teamArn === '' ? all : all.filter(({ arn }) => arn === teamArn);
  }

  members(team: PrivateTeam, signal: AbortSignal) {
    return this.#once(`members ${team.arn}`, () => this.services.privateTeams.members(team, signal));
  }

  /** A small file; rejects where it is none. */
  file(uri: S3Uri, signal: AbortSignal): Promise<ReadFile> {
    return this.#once(`file ${formatS3Uri(uri)}`, () => readSmall(this.services.objects, uri, signal));
  }

  /** What cannot be read is told by the check whose matter it is. */
  async #objectsOrNothing(signal: AbortSignal): Promise<JobObjects | undefined> {
    try {
      return await this.objects(signal);
    } catch {
      return undefined;
    }
  }

  #once<T>(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key) as Promise<T> | undefined;
    const loading = known ?? load();
    this.#known.set(key, loading);
    return loading;
  }
}

/** Of an account that has more, the first: each is several calls. */
const mostBuckets = 50;
