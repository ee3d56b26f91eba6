import { wholeNumber, type DraftField } from './checkDraft.js';
import { jobConstraints } from './jobConstraints.js';
import type { LabelingJobDraft } from './labelingJobDraft.js';

export interface DraftWarning {
  readonly field: DraftField;
  readonly warning: Warning;
}

export type Warning =
  /** Each object waits for so many different workers, and is not finished before they are in the team. */
  | { readonly kind: 'teamTooSmall'; readonly workers: number; readonly members: number }
  /** Ground Truth tells them apart, and each gets a number key. */
  | { readonly kind: 'sameButForCase'; readonly label: string; readonly other: string };

export interface WarningFacts {
  readonly team?: { readonly members: number };
}

/** What Ground Truth takes, and the user may not have meant. */
export function draftWarnings(draft: LabelingJobDraft, facts: WarningFacts): readonly DraftWarning[] {
  return [...workersWarnings(draft, facts), ...labelWarnings(draft)];
}

function workersWarnings({ workersPerObject }: LabelingJobDraft, { team }: WarningFacts): readonly DraftWarning[] {
  const workers = wholeNumber(workersPerObject);
  const { least, most } = jobConstraints.workersPerObject;
  if (workers === undefined || workers < least || workers > most || team === undefined || workers <= team.members) {
    return [];
  }
  const field = team.members === 0 ? 'team' : 'workersPerObject';
  return [{ field, warning: { kind: 'teamTooSmall', workers, members: team.members } }];
}

function labelWarnings({ labels }: LabelingJobDraft): readonly DraftWarning[] {
  const names = labels.map((label) => label.trim());
  return names.flatMap((label, index): readonly DraftWarning[] => {
    const isAlike = (earlier: string) => earlier !== label && earlier.toLowerCase() === label.toLowerCase();
    const other = names.slice(0, index).find(isAlike);
    return other === undefined ? [] : [{ field: `label.${index}`, warning: { kind: 'sameButForCase', label, other } }];
  });
}
