import { html, nothing } from 'lit';
import type { PortalView } from '../../src/core/portal/portalView.js';
import { elapsed, limitText } from './clock.js';
import { type FinishedActions, finishedCard } from './finishedCard.js';
import { obstacleCard } from './obstacleCard.js';
import { lateAnswerWords } from './standingWords.js';
import { type TaskDialogActions, taskDialogs } from './taskDialogs.js';
import type { TaskRun } from './taskRun.js';
import { taskToolbar } from './taskTools.js';

export interface LabelingActions extends FinishedActions, TaskDialogActions {}

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
    ${taskDialogs(run, actions)}
  </main>`;
}

function taskBar(view: LabelingView, run: TaskRun, actions: LabelingActions) {
  const { sheet, acceptedAt, progress, phase, isSaving, obstacle } = run.state;
  const { customerId, taskDescription } = view.job;
  const isTimed = phase === 'labeling' && obstacle?.kind !== 'jobOver';
  return html`<header class="taskBar">
    <div class="facts">
      <span class="fact"><span class="quiet">Customer ID:</span> <span class="number">${customerId}</span></span>
      <span class="fact description" title=${taskDescription}>
        <span class="quiet">Task description:</span> ${taskDescription}
      </span>
      ${isTimed && sheet ? taskTime(run, sheet.task.timeLimitInSeconds, acceptedAt ?? Date.now()) : nothing}
    </div>
    <div class="progress" title="Objects that you have dealt with">
      <progress max=${Math.max(1, progress.total)} .value=${progress.done} aria-label="Progress"></progress>
      <span class="number">${progress.done} of ${progress.total}</span>
      <span class="saving" role="status">${isSaving ? 'Saving…' : ''}</span>
    </div>
    ${taskToolbar(run, actions)}
  </header>`;
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
