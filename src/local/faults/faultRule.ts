/** What goes wrong. Each is worded as AWS words it, in the protocol of the service. */
export const faultNames = [
  'Throttling',
  'SlowDown',
  'ServiceUnavailable',
  'InternalError',
  'InternalErrorIn200',
  'AccessDenied',
  'ExpiredToken',
  'ClockSkew',
  'CutBefore',
  'CutDuring',
  'CutAfter',
  'CutReply',
  'WrongRegion',
  'NewBucketElsewhere',
  'SlowRole',
  'SlowWorkforce',
] as const;

export type FaultName = (typeof faultNames)[number];

/** One line of the faults file: which calls meet which fault, and how often. */
export interface FaultRule {
  /** A signing name, or `*`. */
  readonly service: string;
  /** As AWS's API reference names it, or `*`. */
  readonly operation: string;
  readonly fault: FaultName;
  /** S3 only: other buckets are spared. */
  readonly bucket?: string;
  /** So many of the calls that match are spared first. */
  readonly after?: number;
  /** Only each so-many-th of them. */
  readonly every?: number;
  /** At most so often. */
  readonly times?: number;
  /** With this probability, drawn from `seed`. */
  readonly rate?: number;
  readonly seed?: number;
  /** Not until so long after the start, and only for so long. */
  readonly afterMs?: number;
  readonly forMs?: number;
  /** Sent with a refusal, as `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Where the bucket is, for `WrongRegion` and `NewBucketElsewhere`. */
  readonly region?: string;
  /** How far ahead of this machine the server's clock is, for `ClockSkew`. */
  readonly skewSeconds?: number;
  /** How many looks, or how long, a new role or workforce is unknown, for `SlowRole` and `SlowWorkforce`. */
  readonly calls?: number;
  readonly lastsMs?: number;
}
