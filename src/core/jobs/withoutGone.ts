import { withInputFolder, type LabelingJobDraft } from './labelingJobDraft.js';

/** What there is to choose from; what is not known is left out, and then nothing of it counts as gone. */
export interface Choices {
  readonly buckets?: readonly string[];
  readonly roleArns?: readonly string[];
}

/** A draft outlives what it names: a bucket that was deleted is to be chosen anew, and a role to be made anew. */
export function withoutGone(draft: LabelingJobDraft, { buckets, roleArns }: Choices): LabelingJobDraft {
  const isBucketGone = isGone(draft.inputBucket, buckets);
  const placed = isBucketGone ? { ...withInputFolder(draft, '', ''), inputKind: draft.inputKind } : draft;
  return isGone(draft.roleArn, roleArns) ? { ...placed, roleArn: '' } : placed;
}

function isGone(chosen: string, choices: readonly string[] | undefined): boolean {
  return chosen !== '' && choices !== undefined && !choices.includes(chosen);
}
