import { html, nothing } from 'lit';
import type { PortalView } from '../../src/core/portal/portalView.js';
import type { JobStanding } from '../../src/core/portal/standing.js';
import { isInBrowser } from '../shared/surroundings.js';
import { jobOverWords } from './standingWords.js';
import type { TaskRun } from './taskRun.js';

export interface FinishedActions {
  readonly goOn: () => void;
  readonly finish: () => void;
  readonly leave: () => void;
  readonly showOutput: () => void;
}

type LabelingView = Extract<PortalView, { kind: 'labeling' }>;

/** Nothing is left to do for this worker: what becomes of the job shows here as it comes. */
export function finishedCard(view: LabelingView, run: TaskRun, actions: FinishedActions) {
  const { progress, canUndo, job = { kind: 'open' } } = run.state;
  const waiting = job.kind === 'open' ? (job.availableTasks ?? 0) : 0;
  const { title, text, detail, isSuccess } = describe(job, waiting);
  const back = isSuccess ? actions.finish : actions.leave;
  return html`<div class="cover">
    <section class="cardBox" aria-labelledby="finishedTitle">
      <span class="codicon ${isSuccess ? 'codicon-pass finishedIcon' : 'codicon-warning'}" aria-hidden="true"></span>
      <h1 id="finishedTitle">${title}</h1>
      <p role="status">${objects(progress.done)} of "${view.job.labelingJobName}" done. ${text}</p>
      ${detail === undefined ? nothing : html`<p class="detail">${detail}</p>`}
      <div class="buttons">
        ${waiting > 0 ? html`<vscode-button @click=${actions.goOn}>Go On</vscode-button>` : nothing}
        ${
          isInBrowser
            ? nothing
            : html`<vscode-button appearance=${waiting > 0 ? 'secondary' : 'primary'} @click=${actions.showOutput}
                >Show Output Manifest</vscode-button
              >`
        }
        <vscode-button appearance=${isInBrowser && waiting === 0 ? 'primary' : 'secondary'} @click=${back}
          >Back to Jobs</vscode-button
        >
        ${
          canUndo && job.kind === 'open'
            ? html`<button type="button" class="link" @click=${() => void run.undo()}>Undo the last answer</button>`
            : nothing
        }
      </div>
    </section>
  </div>`;
}

interface Finished {
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
  readonly isSuccess: boolean;
}

function describe(job: JobStanding, waiting: number): Finished {
  const title = "You're finished";
  if (job.kind !== 'open') {
    const words = jobOverWords(job);
    const isSuccess = job.kind === 'ended' && job.status === 'Completed';
    return isSuccess
      ? { title, text: `${words.title}: all its objects are dealt with.`, isSuccess }
      : { ...words, isSuccess };
  }
  const text =
    waiting > 0
      ? `The job has sent out another batch: ${objects(waiting)} can be labeled now.`
      : 'There is no other task for you now. Should the job send out another batch, it is offered here.';
  return { title, text, isSuccess: true };
}

function objects(count: number): string {
  return count === 1 ? '1 object' : `${count} objects`;
}
