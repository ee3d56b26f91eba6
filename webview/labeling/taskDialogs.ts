import { html } from 'lit';
import type { ToolKey } from '../shared/keys.js';
import type { TaskRun } from './taskRun.js';

export interface TaskDialogActions {
  readonly release: () => void;
  readonly stop: () => void;
}

interface Question {
  readonly title: string;
  readonly text: string;
  readonly answer: string;
  readonly run: () => void;
}

/** Asked before something that the worker cannot undo. */
export function taskDialogs(run: TaskRun, actions: TaskDialogActions) {
  const questions: Readonly<Record<ToolKey, Question>> = {
    decline: {
      title: 'Decline this task?',
      text: 'You will not see this object again. If nobody else labels it, the job counts it as failed.',
      answer: 'Decline Task',
      run: () => void run.decline(),
    },
    release: {
      title: 'Release this task?',
      text: 'It goes back to the pool, and what you picked in it is lost. You come back to the list of jobs, and can start working again.',
      answer: 'Release Task',
      run: actions.release,
    },
    stop: {
      title: 'Stop working?',
      text: 'What you picked in this task is lost. All that you submitted is saved, and you can go on whenever you like.',
      answer: 'Stop Working',
      run: actions.stop,
    },
  };
  return Object.entries(questions).map(
    ([name, { title, text, answer, run: doIt }]) =>
      html`<dialog id="${name}Dialog" aria-labelledby="${name}Title" @close=${() => run.takeKeyboard()}>
        <h2 id="${name}Title">${title}</h2>
        <p>${text}</p>
        <div class="buttons">
          <vscode-button
            autofocus
            @click=${(event: Event) => {
              close(event);
              doIt();
            }}
            >${answer}</vscode-button
          >
          <vscode-button appearance="secondary" @click=${close}>Cancel</vscode-button>
        </div>
      </dialog>`,
  );
}

export function openTaskDialog(name: ToolKey): void {
  document.querySelector<HTMLDialogElement>(`#${name}Dialog`)?.showModal();
}

function close(event: Event): void {
  (event.target as HTMLElement).closest('dialog')?.close();
}
