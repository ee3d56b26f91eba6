import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { type NextStep, nextStep, tell, warn } from '../support/prompts.js';
import { isActive, statusText, totalObjects, waits } from './labelingJobItems.js';
import type { JobChange, LabelingJobTree } from './labelingJobTree.js';

const longestDelayMs = 60_000;

type Jobs = Pick<
  LabelingJobTree,
  'pollDelayMs' | 'hasActiveJobs' | 'hasOwnActiveJobs' | 'poll' | 'onDidChangeJob' | 'hasOutput'
>;

/** Tells of a job that failed; the sentence says that it ended, and how. */
export type OnFailed = (job: LabelingJob, end: string) => unknown;

/**
 * Keeps the counters of active jobs current while somebody can see them, and waits for the end of those that were
 * created here also when nobody does. What fails is asked for less often.
 */
export function followActiveJobs(
  jobs: Jobs,
  view: Pick<vscode.TreeView<unknown>, 'visible'>,
  onFailed: OnFailed,
): vscode.Disposable {
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
    jobs.onDidChangeJob((change) => void tellOfEnd(jobs, change, onFailed)),
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

/** Once for each job that ends, however often it is listed. */
async function tellOfEnd(
  jobs: Pick<Jobs, 'hasOutput'>,
  { before, after }: JobChange,
  onFailed: OnFailed,
): Promise<void> {
  if (!isActive(before) || isActive(after)) {
    return;
  }
  const { name, counters, failureReason } = after;
  const end = vscode.l10n.t(
    'Labeling job "{0}": {1}, {2} of {3} objects labeled.',
    name,
    statusText(after),
    counters.totalLabeled,
    totalObjects(after),
  );
  const said = failureReason === undefined ? end : `${end} ${failureReason}`;
  if (after.status === 'Failed') {
    onFailed(after, said);
    return;
  }
  const showOutput = nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', {
    kind: 'labelingJob',
    job: after,
  });
  const output = (await jobs.hasOutput(after)) ? [showOutput] : [];
  const { failedNonRetryableError: failed } = counters;
  if (failed > 0) {
    warn(`${said} ${missingText(failed)}`, ...output, runDoctor(after));
  } else {
    tell(said, ...output);
  }
}

function missingText(failed: number): string {
  return failed === 1
    ? vscode.l10n.t('1 object has no label: its reason is in the output manifest, where "Relabel" makes a job of it.')
    : vscode.l10n.t(
        '{0} objects have no label: their reasons are in the output manifest, where "Relabel" makes a job of them.',
        failed,
      );
}

function runDoctor(job: LabelingJob): NextStep {
  return nextStep(vscode.l10n.t('Run Doctor'), 'groundTruth.runDoctor', { kind: 'labelingJob', job });
}
