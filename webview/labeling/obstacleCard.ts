import { html } from 'lit';
import type { BrokenPicture } from '../../src/protocol/taskFrame.js';
import type { Obstacle } from './runState.js';
import type { TaskRun } from './taskRun.js';

export interface ObstacleActions {
  readonly stop: () => void;
}

type Step = 'decline' | 'retry' | 'next' | 'stop';

const stepTitles: Readonly<Record<Step, string>> = {
  decline: 'Decline and Go On',
  retry: 'Try Again',
  next: 'Next Task',
  stop: 'Stop Working',
};

/** Why the task cannot be judged, and how to go on; the queue never stands still for it. */
export function obstacleCard(obstacle: Obstacle, run: TaskRun, actions: ObstacleActions) {
  const { title, text, detail, steps } = describe(obstacle);
  const runs: Readonly<Record<Step, () => void>> = {
    decline: () => void run.decline(),
    retry: () => void run.retry(),
    next: () => void run.next(),
    stop: () => actions.stop(),
  };
  return html`<div class="cover veil">
    <section class="cardBox" role="alertdialog" aria-labelledby="obstacleTitle" aria-describedby="obstacleText">
      <span class="codicon codicon-warning" aria-hidden="true"></span>
      <h1 id="obstacleTitle">${title}</h1>
      <p id="obstacleText">${text}</p>
      ${detail === undefined ? '' : html`<p class="detail">${detail}</p>`}
      <div class="buttons">
        ${steps.map(
          (step, index) =>
            html`<vscode-button appearance=${index === 0 ? 'primary' : 'secondary'} @click=${runs[step]}
              >${stepTitles[step]}</vscode-button
            >`,
        )}
      </div>
    </section>
  </div>`;
}

interface Description {
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
  readonly steps: readonly Step[];
}

function describe(obstacle: Obstacle): Description {
  switch (obstacle.kind) {
    case 'brokenPicture':
      return {
        title: 'This picture cannot be shown',
        text: pictureText(obstacle.picture),
        detail: obstacle.picture.name,
        steps: ['decline', 'retry'],
      };
    case 'template':
      return {
        title: "The job's template does not work",
        text: obstacle.problem,
        steps: ['stop', 'decline'],
      };
    case 'unsupported':
      return {
        title: 'This kind of task cannot be shown yet',
        text: `The job's template uses ${obstacle.elements.map((name) => `<${name}>`).join(', ')}, which Ground Truth Lab does not have yet.`,
        steps: ['stop', 'decline'],
      };
    case 'taskGone':
      return {
        title: 'This task is no longer yours',
        text: `${obstacle.reason} What you picked in it was not sent. Your answers to the tasks before it are saved.`,
        steps: ['next', 'stop'],
      };
    case 'timeUp':
      return {
        title: 'The time for this task is up',
        text: 'It went back to the pool, and what you picked in it was not sent. Your answers to the tasks before it are saved.',
        steps: ['next', 'stop'],
      };
    case 'failed':
      return {
        title: 'Something went wrong',
        text: 'Nothing that was saved before is lost.',
        detail: obstacle.message,
        steps: ['retry', 'stop'],
      };
  }
}

function pictureText({ cause, reason }: BrokenPicture): string {
  switch (cause) {
    case 'unreadable':
      return reason ?? 'It could not be read.';
    case 'empty':
      return 'The file is empty.';
    case 'undecodable':
      return 'The file was read, but it is not a picture, or it is damaged.';
    case 'notGranted':
      return 'The template asks for an address outside the job. Templates reach objects with grant_read_access only.';
  }
}
