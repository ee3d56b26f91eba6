/** What may be behind a reason that SageMaker, or Local Ground Truth, gives for what was not labeled. */
export type FailureCause =
  /** Nobody answered for as long as tasks are offered, or everybody declined. */
  | 'tasksExpired'
  /** The role, or the caller, may not read or write what the job needs. */
  | 'accessDenied'
  | 'manifestMissing'
  | 'manifestUnusable'
  /** The label categories, or the workers' page. */
  | 'toolUnusable'
  /** A pre- or post-annotation function. */
  | 'functionFailed'
  /** SageMaker itself. */
  | 'serviceFailed'
  | 'unknown';

/** What helps: at the job, in its output manifest, or with another job. */
export type FailureStep = 'runDoctor' | 'showOutputManifest' | 'createLabelingJob';

export interface FailureExplanation {
  readonly cause: FailureCause;
  /** The likeliest first. */
  readonly steps: readonly [FailureStep, ...FailureStep[]];
}

/**
 * From the words of a `FailureReason`, or of an object's `failure-reason`, to a cause. AWS documents no list of them
 * (reference §11): the first is the text that stands in real output manifests (§5.4), access follows from the role's
 * permissions (§3.4), "ClientError" and "InternalServerError" are whose fault it is; the others are Local Ground
 * Truth's own. Whatever is not here is `unknown`, and for the doctor to look at.
 */
const table: readonly (readonly [RegExp, FailureExplanation])[] = [
  [/annotation tasks expired/iu, { cause: 'tasksExpired', steps: ['showOutputManifest', 'runDoctor'] }],
  [
    /access ?denied|not authorized|forbidden|assume (?:the )?role/iu,
    { cause: 'accessDenied', steps: ['runDoctor', 'createLabelingJob'] },
  ],
  [
    /input manifest .*(?:does not exist|cannot be read)/iu,
    { cause: 'manifestMissing', steps: ['createLabelingJob', 'runDoctor'] },
  ],
  [
    /input manifest .*has (?:no objects|more than)/iu,
    { cause: 'manifestUnusable', steps: ['createLabelingJob', 'runDoctor'] },
  ],
  [/lambda|\bfunction\b|functions\.json/iu, { cause: 'functionFailed', steps: ['runDoctor', 'createLabelingJob'] }],
  [
    /label category configuration|worker task template|each entry of "labels"/iu,
    { cause: 'toolUnusable', steps: ['createLabelingJob', 'runDoctor'] },
  ],
  [
    /internal ?(?:server)? ?(?:error|failure)|service ?unavailable/iu,
    { cause: 'serviceFailed', steps: ['createLabelingJob', 'runDoctor'] },
  ],
];

const unknown: FailureExplanation = { cause: 'unknown', steps: ['runDoctor', 'createLabelingJob'] };

/** `undefined` and an empty reason are unknown too. */
export function explainFailure(reason: string | undefined): FailureExplanation {
  return table.find(([words]) => words.test(reason ?? ''))?.[1] ?? unknown;
}
