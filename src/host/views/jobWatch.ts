import * as vscode from 'vscode';
import { nextStep, tell } from '../support/prompts.js';
import { isActive, statusText, totalObjects } from './labelingJobItems.js';
import type { JobChange, LabelingJobTree } from './labelingJobTree.js';

const longestDelayMs = 60_000;

/** Keeps the counters of active jobs current while somebody can see them; what fails is asked for less often. */
export function followActiveJobs(jobs: LabelingJobTree, view: vscode.TreeView<unknown>): vscode.Disposable {
  let delayMs = jobs.pollDelayMs;
  let timer: NodeJS.Timeout | undefined;
  const poll = async () => {
    try {
      if (view.visible && jobs.hasActiveJobs) {
        await jobs.poll();
      }
      delayMs = jobs.pollDelayMs;
    } catch {
      delayMs = Math.min(delayMs * 2, longestDelayMs); // The listing that the user asks for shows what is wrong.
    }
    schedule();
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void poll(), delayMs);
  };
  schedule();
  return vscode.Disposable.from(jobs.onDidChangeJob(tellOfEnd), new vscode.Disposable(() => clearTimeout(timer)));
}

function tellOfEnd({ before, after }: JobChange): void {
  if (isActive(before) && !isActive(after)) {
    const { name, counters, failureReason } = after;
    const end = vscode.l10n.t(
      'Labeling job "{0}": {1}, {2} of {3} objects labeled.',
      name,
      statusText(after),
      counters.totalLabeled,
      totalObjects(after),
    );
    tell(
      failureReason === undefined ? end : `${end} ${failureReason}`,
      nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', {
        kind: 'labelingJob',
        job: after,
      }),
    );
  }
}
