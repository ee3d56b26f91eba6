import { wholeNumber, type DraftField } from './checkDraft.js';
import { jobConstraints } from './jobConstraints.js';
import type { LabelingJobDraft } from './labelingJobDraft.js';

export interface DraftWarning {
  readonly field: DraftField;
  readonly warning: Warning;
}

/** Each object waits for so many different workers, and is not finished before they are in the team. */
export interface Warning {
  readonly kind: 'teamTooSmall';
  readonly workers: number;
  readonly members: number;
}

/** What Ground Truth takes, and the user may not have meant. */
export function draftWarnings(
  { workersPerObject }: Pick<LabelingJobDraft, 'workersPerObject'>,
  { team }: { readonly team?: { readonly members: number } },
): readonly DraftWarning[] {
  const workers = wholeNumber(workersPerObject);
  const { least, most } = jobConstraints.workersPerObject;
  if (workers === undefined || workers < least || workers > most || team === undefined || workers <= team.members) {
    return [];
  }
  const field = team.members === 0 ? 'team' : 'workersPerObject';
  return [{ field, warning: { kind: 'teamTooSmall', workers, members: team.members } }];
}
