import { html, nothing } from 'lit';
import type { PortalView } from '../../src/core/portal/portalView.js';
import { elapsed, limitText } from './clock.js';
import { type FinishedActions, finishedCard } from './finishedCard.js';
import { obstacleCard } from './obstacleCard.js';
import { lateAnswerWords } from './standingWords.js';
import type { TaskRun } from './taskRun.js';

export interface LabelingActions extends FinishedActions {
  readonly release: () => void;
  readonly stop: () => void;
}

type LabelingView = Extract<PortalView, { kind: 'labeling' }>;

export function labelingPage(view: LabelingView, run: TaskRun, frames: HTMLElement, actions: LabelingActions) {
  const { phase, obstacle, message, progress } = run.state;
  // Until something else has been dealt with.
  const late = view.lateAnswer && progress.done === view.progress.done ? lateAnswerWords(view.lateAnswer) : undefined;
  return html`<main class="labeling">
    ${taskBar(view, run, actions)}
    <div class="task">
      ${frames} ${phase === 'loading' ? loadingCover() : nothing}
      ${phase === 'finished' ? finishedCard(view, run, actions) : nothing}
      ${obstacle && phase !== 'finished' ? obstacleCard(obstacle, run, actions) : nothing}
      <div class="toast" role="status">${message ?? late ?? nothing}</div>
    </div>
    ${declineDialog(run)}
  </main>`;
}

function taskBar(view: LabelingView, run: TaskRun, actions: LabelingActions) {
  const { sheet, acceptedAt, progress, phase, canUndo, isSaving, job, obstacle } = run.state;
  const { customerId, taskDescription } = view.job;
  const isOver = obstacle?.kind === 'jobOver' || (job !== undefined && job.kind !== 'open');
  const hasTask = phase === 'labeling' && sheet !== undefined && !isOver;
  return html`<header class="taskBar">
    <div class="facts">
      <span class="fact"><span class="quiet">Customer ID:</span> <span class="number">${customerId}</span></span>
      <span class="fact description" title=${taskDescription}>
        <span class="quiet">Task description:</span> ${taskDescription}
      </span>
      ${hasTask ? taskTime(run, sheet.task.timeLimitInSeconds, acceptedAt ?? Date.now()) : nothing}
    </div>
    <div class="progress" title="Objects that you have dealt with">
      <progress max=${Math.max(1, progress.total)} .value=${progress.done} aria-label="Progress"></progress>
      <span class="number">${progress.done} of ${progress.total}</span>
      <span class="saving" role="status">${isSaving ? 'Saving…' : ''}</span>
    </div>
    <div class="actions" role="toolbar" aria-label="Task">
      ${action('discard', 'Undo', 'Take the last answer back (Ctrl+Z)', !canUndo || isOver, () => void run.undo())}
      ${action('circle-slash', 'Decline task', 'Never see this object again', !hasTask, openDecline)}
      ${action('reply', 'Release task', 'Give this task back to the pool', !hasTask, actions.release)}
      ${action('debug-pause', 'Stop working', 'Give all tasks back; go on whenever you like', false, actions.stop)}
    </div>
  </header>`;
}

function action(codicon: string, title: string, hint: string, isDisabled: boolean, run: () => void) {
  return html`<button type="button" title=${hint} aria-label=${title} ?disabled=${isDisabled} @click=${run}>
    <span class="codicon codicon-${codicon}" aria-hidden="true"></span><span class="actionTitle">${title}</span>
  </button>`;
}

function taskTime(run: TaskRun, limitSeconds: number, acceptedAt: number) {
  const ms = Date.now() - acceptedAt;
  const leftMs = limitSeconds * 1_000 - ms;
  if (leftMs <= 0 && !run.state.obstacle) {
    queueMicrotask(() => run.expire());
  }
  const isLate = leftMs < Math.min(60_000, limitSeconds * 200);
  return html`<span class="fact ${isLate ? 'late' : ''}" role="timer">
    <span class="quiet">Task time:</span>
    <span class="number">${elapsed(Math.min(ms, limitSeconds * 1_000))} of ${limitText(limitSeconds)}</span>
  </span>`;
}

function loadingCover() {
  return html`<div class="cover"><vscode-progress-ring aria-label="Loading the task"></vscode-progress-ring></div>`;
}

function openDecline(): void {
  document.querySelector<HTMLDialogElement>('#declineDialog')?.showModal();
}

function close(event: Event): void {
  (event.target as HTMLElement).closest('dialog')?.close();
}

function declineDialog(run: TaskRun) {
  return html`<dialog id="declineDialog" aria-labelledby="declineTitle" @close=${() => run.takeKeyboard()}>
    <h2 id="declineTitle">Decline this task?</h2>
    <p>You will not see this object again. If nobody else labels it, the job counts it as failed.</p>
    <div class="buttons">
      <vscode-button
        autofocus
        @click=${(event: Event) => {
          close(event);
          void run.decline();
        }}
        >Decline Task</vscode-button
      >
      <vscode-button appearance="secondary" @click=${close}>Cancel</vscode-button>
    </div>
  </dialog>`;
}
