import type { Invitees, MemberWithPassword, OnMember } from './lab/invitees.js';
import type { Account } from './account.js';
import type { JsonObject } from './json.js';
import type { DoctorProbes, DoctorRepairs, PublicChange } from './doctor/probes.js';
import type { ExecutionRoles } from './executionRoles.js';
import type { BucketContents, FailedDeletion } from './lab/bucketContents.js';
import type { LabKeeper } from './lab/labKeeper.js';
import type { Tags } from './lab/labTags.js';
import type { UserPool, Workforce } from './lab/workforce.js';
import type { S3Uri } from './s3Uri.js';
import type { OpenStorage } from './storage.js';

// What commands, views and editors need of the outside world. `aws/` has the adapters; the same ones drive AWS and
// Local Ground Truth. Whatever waits takes an `AbortSignal` last and rejects with its reason when it is aborted;
// what a person can act on is rejected as a `Failure`.

/** Everything behind one connection: an account in one region, or Local Ground Truth. */
export interface Services {
  readonly account: Account;
  readonly objects: ObjectStore;
  readonly bucketContents: BucketContents;
  readonly labelingJobs: LabelingJobs;
  readonly privateTeams: PrivateTeams;
  readonly executionRoles: ExecutionRoles;
  readonly probes: DoctorProbes;
  readonly repairs: DoctorRepairs;
  dispose(): void;
}

export type Target =
  | { readonly kind: 'local'; readonly server: LocalServer; readonly storage?: OpenStorage }
  /** Without a profile, the environment's credentials. */
  | { readonly kind: 'aws'; readonly profile?: string; readonly region: string };

/** What Local Ground Truth says of itself, on one line of JSON, when it is ready. */
export interface LocalServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The worker portal's address. */
  readonly portal: string;
  /** The portal's address for other machines, where it has been opened to them. */
  readonly sharedPortal?: string;
}

// ---------------------------------------------------------------------------------------------------------- objects

export interface ObjectStore {
  listBuckets(signal: AbortSignal): Promise<readonly Bucket[]>;
  /**
   * Fails with `bucket.nameTaken` where somebody else has the name; one of our own is no error, and `found` where S3
   * tells (in us-east-1 it does not).
   */
  createBucket(bucket: string, signal: AbortSignal): Promise<StepOutcome>;
  /** Adds to the tags that are there; resolves to the action of IAM that the caller would need, where it is denied. */
  tagBucket(bucket: string, tags: Tags, signal: AbortSignal): Promise<string | undefined>;
  /** The bucket must be empty. */
  deleteBucket(bucket: string, signal: AbortSignal): Promise<void>;
  /** One page; `folders` are the common prefixes, each with its slash at the end. */
  listObjects(request: ListObjects, signal: AbortSignal): Promise<ObjectPage>;
  /** `undefined` where there is none. */
  headObject(uri: S3Uri, signal: AbortSignal): Promise<ObjectHead | undefined>;
  /** The whole object, or `range` of it. Fails with `object.notFound`, or `object.changed` where `ifMatch` is outdated. */
  readObject(uri: S3Uri, options: ReadObject, signal: AbortSignal): Promise<ObjectBody>;
  /** The same where the object is another one than that with this `etag`; `undefined` where it still is that one. */
  readChangedObject(uri: S3Uri, options: ReadChangedObject, signal: AbortSignal): Promise<ObjectBody | undefined>;
  /** Fails with `object.changed`, or `object.notFound`, where a condition of the options does not hold: nothing is written. */
  writeObject(uri: S3Uri, body: Uint8Array, options: WriteObject, signal: AbortSignal): Promise<void>;
  /** Up to any number of keys; resolves to those that were not deleted, with the reason. */
  deleteObjects(bucket: string, keys: readonly string[], signal: AbortSignal): Promise<readonly FailedDeletion[]>;
  /** What `makePublic` would change of the bucket itself, for people to read before; `undefined` for nothing. */
  publicChange(bucket: string, signal: AbortSignal): Promise<PublicChange | undefined>;
  /** Lets anybody read exactly these objects: relaxes the bucket's public access block, allows ACLs, sets theirs. */
  makePublic(uris: readonly S3Uri[], signal: AbortSignal): Promise<readonly PublicObject[]>;
  /** Adds the CORS rule that labeling pages need to the rules that are there (reference §3.3); never removes one. */
  allowLabelingPages(bucket: string, signal: AbortSignal): Promise<void>;
}

export interface Bucket {
  readonly name: string;
  readonly createdAt?: Date;
}

export interface ListObjects {
  readonly bucket: string;
  readonly prefix?: string;
  /** List one folder only: what lies deeper comes as `folders`. */
  readonly isFolder?: boolean;
  readonly pageSize?: number;
  readonly token?: string;
}

export interface ObjectPage {
  readonly folders: readonly string[];
  readonly objects: readonly StoredObject[];
  readonly nextToken?: string;
}

export interface StoredObject extends S3Uri {
  readonly bytes: number;
  readonly modifiedAt?: Date;
  readonly etag?: string;
}

export interface ObjectHead {
  readonly bytes: number;
  readonly etag: string;
  readonly contentType?: string;
  readonly modifiedAt?: Date;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ReadObject {
  readonly range?: { readonly offset: number; readonly bytes: number };
  readonly ifMatch?: string;
}

export interface ReadChangedObject extends Pick<ReadObject, 'range'> {
  readonly etag: string;
}

export interface ObjectBody {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly totalBytes: number;
  readonly contentType?: string;
}

export interface WriteObject {
  /** Only in the place of the object with this ETag. */
  readonly ifMatch?: string;
  /** Only where there is no object yet. */
  readonly isNew?: true;
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface PublicObject extends S3Uri {
  /** The address that anybody can open. */
  readonly url: string;
}

// ----------------------------------------------------------------------------------------------------- labeling jobs

export interface LabelingJobs {
  /** All of them, newest first. */
  list(signal: AbortSignal): Promise<readonly LabelingJob[]>;
  describe(name: string, signal: AbortSignal): Promise<LabelingJobDescription>;
  /** All that CreateLabelingJob would need to make the same job again, whoever made it, in AWS's own names. */
  requestOf(name: string, signal: AbortSignal): Promise<JsonObject>;
  /** `deniedTagging` where it was made without its tags: the action of IAM that the caller lacks. */
  create(request: LabelingJobRequest, signal: AbortSignal): Promise<CreatedLabelingJob>;
  stop(name: string, signal: AbortSignal): Promise<void>;
}

export interface CreatedLabelingJob {
  readonly arn: string;
  readonly deniedTagging?: string;
}

export type LabelingJobStatus = 'Initializing' | 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

export interface LabelCounters {
  readonly totalLabeled: number;
  readonly humanLabeled: number;
  readonly machineLabeled: number;
  readonly failedNonRetryableError: number;
  readonly unlabeled: number;
}

export interface LabelingJob {
  readonly name: string;
  readonly arn: string;
  readonly status: LabelingJobStatus;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly counters: LabelCounters;
  readonly workteamArn: string;
  readonly failureReason?: string;
  readonly inputManifest?: S3Uri;
  readonly outputManifest?: S3Uri;
}

/** The fields of CreateLabelingJob that this product sets, in AWS's order. */
export interface LabelingJobRequest {
  readonly labelingJobName: string;
  readonly labelAttributeName: string;
  readonly manifestS3Uri: string;
  /** Where the results go: a prefix, with or without a slash at the end. */
  readonly s3OutputPath: string;
  readonly roleArn: string;
  readonly labelCategoryConfigS3Uri: string;
  /** The job stops by itself when so many of its objects are labeled; the console says 100. */
  readonly maxPercentageOfInputDatasetLabeled?: number;
  readonly workteamArn: string;
  readonly uiTemplateS3Uri: string;
  readonly preHumanTaskLambdaArn: string;
  readonly annotationConsolidationLambdaArn: string;
  readonly taskKeywords: readonly string[];
  readonly taskTitle: string;
  readonly taskDescription: string;
  readonly numberOfHumanWorkersPerDataObject: number;
  readonly taskTimeLimitInSeconds: number;
  readonly taskAvailabilityLifetimeInSeconds: number;
  readonly maxConcurrentTaskCount: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LabelingJobDescription extends LabelingJob {
  readonly request: LabelingJobRequest;
  readonly jobReferenceCode: string;
}

// ----------------------------------------------------------------------------------------------------- private teams

export interface PrivateTeams {
  list(signal: AbortSignal): Promise<readonly PrivateTeam[]>;
  members(team: PrivateTeam, signal: AbortSignal): Promise<readonly TeamMember[]>;
  /**
   * Makes a team, and what it needs: user pool, client, domain, group, workforce (reference §7.4). Each step looks
   * first whether its result is there, so that a run that was cut short can be run again. `onStep` is told of each step
   * that is done, and whether its result was there; the keeper before and after what has to be deleted one day.
   */
  create(request: PrivateTeamRequest, watcher: TeamWatcher, signal: AbortSignal): Promise<PrivateTeam>;
  // Whoever joins or leaves, the team's workforce must have a user pool.
  /**
   * Puts people into a team. Whoever is new to the user pool gets an invitation; who has signed in to another team of
   * the workforce, or is in this one, keeps their password. `onMember` is told of each, one after the other.
   */
  invite(invitees: Invitees, onMember: OnMember, signal: AbortSignal): Promise<void>;
  /** Without an invitation: they sign in with this password, whatever it was before. */
  addMember(team: PrivateTeam, member: MemberWithPassword, signal: AbortSignal): Promise<void>;
  /** Out of the team alone: they stay in the user pool, and in other teams. */
  removeMember(team: PrivateTeam, member: TeamMember, signal: AbortSignal): Promise<void>;
  /** With a new temporary password; refused for a member who has chosen their own. */
  resendInvitation(team: PrivateTeam, member: TeamMember, signal: AbortSignal): Promise<void>;
  /** With its group. That one of them is gone already is no error. */
  delete(team: Pick<PrivateTeam, 'name' | 'userPoolId' | 'userGroup'>, signal: AbortSignal): Promise<void>;
  /** The one workforce of the account and region; without a pool where it has an identity provider of its own. */
  workforce(signal: AbortSignal): Promise<Workforce | undefined>;
  /** The one workforce of the account and region, but not its user pool. There must be no team left. */
  deleteWorkforce(signal: AbortSignal): Promise<void>;
  /** The user pool that has the console's name, whoever made it. */
  userPool(signal: AbortSignal): Promise<UserPool | undefined>;
  /** With its domain and all users. There must be no workforce left that signs in through it. */
  deleteUserPool(id: string, signal: AbortSignal): Promise<void>;
}

export interface TeamWatcher {
  readonly onStep: OnTeamStep;
  readonly keeper: LabKeeper;
}

export type TeamStep = 'userPool' | 'client' | 'domain' | 'group' | 'workforce' | 'workteam' | 'invitation' | 'members';

export type StepOutcome = 'made' | 'found';

export type OnTeamStep = (step: TeamStep, outcome: StepOutcome) => void;

export interface PrivateTeamRequest {
  readonly name: string;
  readonly description: string;
  readonly emails: readonly string[];
  readonly organization: string;
  readonly contactEmail: string;
}

export interface PrivateTeam {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly createdAt?: Date;
  /** `https://…` on AWS, the local server's portal otherwise. */
  readonly portalUrl?: string;
  readonly userPoolId?: string;
  readonly userGroup?: string;
  readonly clientId?: string;
}

export interface TeamMember {
  readonly email: string;
  readonly sub: string;
  /** Cognito's own word: `FORCE_CHANGE_PASSWORD` until the first sign-in, then `CONFIRMED`. */
  readonly status: string;
  readonly isEnabled: boolean;
}
