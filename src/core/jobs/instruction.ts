import { filledLabels } from './checkDraft.js';
import type { LabelingJobDraft } from './labelingJobDraft.js';

/** More labels than these are better read from their list. */
const mostNamed = 5;

/** What workers are told: what was typed, else a sentence that names the labels. */
export function instructionOf({ instruction, labels }: Pick<LabelingJobDraft, 'instruction' | 'labels'>): string {
  return instruction.trim() || suggestedInstruction(filledLabels(labels));
}

function suggestedInstruction(labels: readonly string[]): string {
  const quoted = labels.map((label) => `'${label}'`);
  const last = quoted.at(-1);
  return last === undefined || quoted.length === 1 || quoted.length > mostNamed
    ? 'Please classify the images'
    : `Please classify the images as ${quoted.slice(0, -1).join(', ')} or ${last}`;
}
