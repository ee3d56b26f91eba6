import * as vscode from 'vscode';
import { nextStep, tell, warn } from '../support/prompts.js';
import { isActive, statusText, totalObjects, waits } from './labelingJobItems.js';
import type { JobChange, LabelingJobTree } from './labelingJobTree.js';

const longestDelayMs = 60_000;

type Jobs = Pick<
  LabelingJobTree,
  'pollDelayMs' | 'hasActiveJobs' | 'hasOwnActiveJobs' | 'poll' | 'onDidChangeJob' | 'hasOutput'
>;

/**
 * Keeps the counters of active jobs current while somebody can see them, and waits for the end of those that were
 * created here also when nobody does. What fails is asked for less often.
 */
export function followActiveJobs(jobs: Jobs, view: Pick<vscode.TreeView<unknown>, 'visible'>): vscode.Disposable {
  let delayMs = jobs.pollDelayMs;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const poll = async () => {
    try {
      if ((view.visible && jobs.hasActiveJobs) || jobs.hasOwnActiveJobs) {
        await jobs.poll();
      }
      delayMs = jobs.pollDelayMs;
    } catch {
      delayMs = Math.min(delayMs * 2, longestDelayMs); // The listing that the user asks for shows what is wrong.
    }
    schedule();
  };
  const schedule = () => {
    if (!isDisposed) {
      timer = setTimeout(() => void poll(), delayMs);
    }
  };
  const stop = () => {
    isDisposed = true;
    clearTimeout(timer);
  };
  schedule();
  return vscode.Disposable.from(
    jobs.onDidChangeJob((change) => void tellOfEnd(jobs, change)),
    jobs.onDidChangeJob(tellOfWait),
    new vscode.Disposable(stop),
  );
}

/** Somebody must do something for the job to go on, and may look elsewhere. */
function tellOfWait({ before, after }: JobChange): void {
  const reason = waits(after);
  if (reason !== undefined && waits(before) === undefined) {
    warn(
      vscode.l10n.t('Labeling job "{0}" waits. {1}', after.name, reason),
      nextStep(vscode.l10n.t('Choose Connection…'), 'groundTruth.chooseConnection'),
    );
  }
}

async function tellOfEnd(jobs: Pick<Jobs, 'hasOutput'>, { before, after }: JobChange): Promise<void> {
  if (isActive(before) && !isActive(after)) {
    const { name, counters, failureReason } = after;
    const end = vscode.l10n.t(
      'Labeling job "{0}": {1}, {2} of {3} objects labeled.',
      name,
      statusText(after),
      counters.totalLabeled,
      totalObjects(after),
    );
    const showOutput = nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', {
      kind: 'labelingJob',
      job: after,
    });
    tell(
      failureReason === undefined ? end : `${end} ${failureReason}`,
      ...((await jobs.hasOutput(after)) ? [showOutput] : []),
    );
  }
}
