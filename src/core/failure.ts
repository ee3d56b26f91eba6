import type { SessionEnd } from './portal/standing.js';

/** Every failure that a person can act on, with the plain data that its message needs. */
export type FailureDetails = {
  readonly 'aws.signedOut': {
    /** None: the environment's. */
    readonly profile?: string;
    /** Why there are none, in the words of whoever should have given them. */
    readonly reason?: string;
  };
  /**
   * What AWS names, which may be another action than the one that was called, such as `iam:PassRole`. `because` is AWS's
   * own word where a permission more would not help.
   */
  readonly 'aws.accessDenied': {
    readonly action: string;
    readonly resource: string;
    /** Of the resource, where AWS has told it. */
    readonly arn?: string;
    readonly because?: string;
    readonly isPerhapsClosed?: true;
  };
  /** Nobody that this machine trusts has signed the endpoint's certificate; `reason` is Node's word. */
  readonly 'aws.certificate': { readonly endpoint: string; readonly reason: string };
  readonly 'aws.unreachable': { readonly endpoint: string; readonly reason: string };
  /** The service throttles, or fails by itself; it was asked several times. */
  readonly 'aws.overloaded': { readonly action: string; readonly name: string; readonly reason: string };
  /** Requests are signed with the time of this machine, and refused where it is far from AWS's. */
  readonly 'aws.clockWrong': { readonly endpoint: string };
  /**
   * What the service refused, in its own words: `name` is the AWS error name. `isPerhapsClosed`: accounts that did not
   * use Ground Truth before 30 July 2026 are refused it, in words that are not known (reference §0).
   */
  readonly 'aws.refused': {
    readonly action: string;
    readonly name: string;
    readonly reason: string;
    readonly isPerhapsClosed?: true;
  };
  readonly 'bucket.nameTaken': { readonly bucket: string };
  /** `region` is where it is, as far as S3 has said. */
  readonly 'bucket.elsewhere': { readonly bucket: string; readonly region?: string };
  /** What cannot go while others that stay make use of it: their names. */
  readonly 'lab.retained': { readonly name: string; readonly by: readonly string[] };
  readonly 'bucket.notFound': { readonly bucket: string };
  /** What was passed over when all in it was deleted: how many, the first of them, and S3's words about that. */
  readonly 'bucket.notEmptied': {
    readonly bucket: string;
    readonly left: number;
    readonly key: string;
    readonly reason: string;
  };
  readonly 'object.notFound': { readonly uri: string };
  readonly 'picture.tooLarge': { readonly uri: string; readonly bytes: number; readonly most: number };
  readonly 'object.changed': { readonly uri: string };
  /** What a fix was to change is not what its diff has shown any more; `what` is a file or a setting. */
  readonly 'fix.outdated': { readonly what: string };
  /** Somebody was shown the CORS rule that labeling needs, and does not want it in this bucket. */
  readonly 'pages.notAllowed': { readonly bucket: string };
  /** A line that is longer than what is read of one; lines count from 0. */
  readonly 'manifest.lineTooLong': { readonly location: string; readonly line: number };
  /** A file that is to be compared with another one; `reason` is the system's word. */
  readonly 'manifest.unreadable': { readonly path: string; readonly isGone: boolean; readonly reason: string };
  /** A thread or a process that was to do something with manifests; `reason` is what it ended by. */
  readonly 'worker.died': { readonly reason: string };
  /** A role that is gone, or that does not let SageMaker act as it. */
  readonly 'role.notUsable': { readonly role: string };
  /** The access key of a storage elsewhere is not kept on this machine. */
  readonly 'storage.keysMissing': { readonly endpoint: string };
  /** `name` is the AWS error name. */
  readonly 'storage.keysRefused': { readonly endpoint: string; readonly name: string };
  /** A file of the settings; `reason` is the system's word. */
  readonly 'storage.noAuthorities': { readonly path: string; readonly reason: string };
  /** No worker task template is run in a workspace that is not trusted. */
  readonly 'template.restricted': Readonly<Record<string, never>>;
  readonly 'local.notStarted': { readonly reason: string; readonly log: string };
  readonly 'portal.unreachable': { readonly endpoint: string; readonly reason: string };
  /** A request that makes no sense to the portal: `reason` is its own word. */
  readonly 'portal.refused': { readonly action: string; readonly reason: string };
  readonly 'portal.signedOut': { readonly email: string; readonly why?: SessionEnd };
  readonly 'portal.wrongPassword': { readonly email: string; readonly reason: string };
  readonly 'portal.weakPassword': { readonly reason: string };
  /** The task was withdrawn: the job was stopped, the time was up, or another answer closed it. */
  readonly 'portal.taskGone': { readonly taskId: string; readonly reason: string };
  readonly 'portal.nothingToUndo': { readonly reason: string };
  /** A job names the one team that labels it. */
  readonly 'job.teamGone': { readonly job: string };
  /** Simulated workers only know how to choose one label for each object. */
  readonly 'simulation.otherTask': { readonly job: string };
};

export type FailureCode = keyof FailureDetails;

export class Failure<Code extends FailureCode = FailureCode> extends Error {
  override readonly name = 'Failure';
  readonly code: Code;
  readonly details: FailureDetails[Code];

  constructor(code: Code, details: FailureDetails[Code], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }

  /** By name and not by `instanceof`: each bundle has its own copy of this class. */
  static is<Code extends FailureCode = FailureCode>(error: unknown, code?: Code): error is Failure<Code> {
    return (
      error instanceof Error && error.name === 'Failure' && (code === undefined || (error as Failure).code === code)
    );
  }
}
