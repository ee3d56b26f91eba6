import * as vscode from 'vscode';
import type { LabelingJobTree } from './labelingJobTree.js';

const pollDelayMs = 2_000;
const longestDelayMs = 30_000;

/** Keeps the counters of active jobs current while somebody can see them; what fails is asked for less often. */
export function followActiveJobs(jobs: LabelingJobTree, view: vscode.TreeView<unknown>): vscode.Disposable {
  let delayMs = pollDelayMs;
  let timer: NodeJS.Timeout | undefined;
  const poll = async () => {
    try {
      if (view.visible && jobs.hasActiveJobs) {
        await jobs.poll();
      }
      delayMs = pollDelayMs;
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
  return new vscode.Disposable(() => clearTimeout(timer));
}
