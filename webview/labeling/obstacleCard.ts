import { html } from 'lit';
import type { BrokenPicture } from '../../src/protocol/taskFrame.js';
import type { Obstacle } from './obstacles.js';
import { answerAtHand, jobOverWords, taskGoneWords, type Words } from './standingWords.js';
import type { TaskRun } from './taskRun.js';

export interface ObstacleActions {
  readonly stop: () => void;
  readonly leave: () => void;
}

type Step = 'decline' | 'retry' | 'next' | 'stop' | 'leave';

const stepTitles: Readonly<Record<Step, string>> = {
  decline: 'Decline and Go On',
  retry: 'Try Again',
  next: 'Next Task',
  stop: 'Stop Working',
  leave: 'Back to Jobs',
};

/** Why the task cannot be judged, and how to go on; the queue never stands still for it. */
export function obstacleCard(obstacle: Obstacle, run: TaskRun, actions: ObstacleActions) {
  const wasTakenBack = run.state.sheet?.task.previousAnswer !== undefined;
  const { title, text, detail, steps } = describe(obstacle, { wasTakenBack });
  const runs: Readonly<Record<Step, () => void>> = {
    decline: () => void run.decline(),
    retry: () => void run.retry(),
    next: () => void run.next(),
    stop: () => actions.stop(),
    leave: () => actions.leave(),
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

type Description = Words & { readonly steps: readonly Step[] };

function describe(obstacle: Obstacle, of: { readonly wasTakenBack: boolean }): Description {
  switch (obstacle.kind) {
    case 'brokenPicture':
      return {
        title: 'This picture cannot be shown',
        text: `${pictureText(obstacle.picture)} Decline the task, and it does not come to you again; or try again once the picture is there.`,
        detail: obstacle.picture.name,
        steps: ['decline', 'retry', 'stop'],
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
    case 'jobOver': {
      const { text, ...words } = jobOverWords(obstacle.job);
      return { ...words, text: `${text} ${answerAtHand(of)}`, steps: ['leave'] };
    }
    case 'taskGone':
      return { ...taskGoneWords(obstacle.task, of), steps: ['next', 'stop'] };
    case 'refused':
      return {
        title: 'This task is no longer yours',
        text: `${obstacle.reason} ${answerAtHand(of)} Your answers to the tasks before it are saved.`,
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
