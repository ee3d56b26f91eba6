import { html } from 'lit';
import { type ToolKey, toolKeyOf } from '../shared/keys.js';
import { drafts } from './drafts.js';
import { openTaskDialog } from './taskDialogs.js';
import type { TaskRun } from './taskRun.js';

interface Tool {
  readonly codicon: string;
  readonly title: string;
  readonly hint: string;
  /** As the key is written. */
  readonly key: string;
  readonly isEnabled: boolean;
  readonly run: () => void;
}

export interface TaskToolActions {
  readonly stop: () => void;
}

type Tools = Readonly<Record<'undo' | ToolKey, Tool>>;

/** What can be done with a task beside answering it. Where work would be lost, the worker is asked first. */
function taskTools(run: TaskRun, actions: TaskToolActions): Tools {
  const { sheet, phase, canUndo, job, obstacle } = run.state;
  const isOver = obstacle?.kind === 'jobOver' || (job !== undefined && job.kind !== 'open');
  const hasTask = phase === 'labeling' && sheet !== undefined && !isOver;
  const hasWork = hasTask && Object.keys(drafts.get(sheet.task.taskId) ?? {}).length > 0;
  return {
    undo: {
      codicon: 'discard',
      title: 'Undo',
      hint: 'Take the last answer back',
      key: 'Ctrl+Z',
      isEnabled: canUndo && !isOver,
      run: () => void run.undo(),
    },
    decline: {
      codicon: 'circle-slash',
      title: 'Decline task',
      hint: 'Never see this object again',
      key: 'Alt+D',
      isEnabled: hasTask,
      run: () => openTaskDialog('decline'),
    },
    release: {
      codicon: 'inbox',
      title: 'Release task',
      hint: 'Give this task back to the pool',
      key: 'Alt+L',
      isEnabled: hasTask,
      run: () => openTaskDialog('release'),
    },
    stop: {
      codicon: 'debug-pause',
      title: 'Stop working',
      hint: 'Give all tasks back; go on whenever you like',
      key: 'Alt+P',
      isEnabled: true,
      run: () => (hasWork ? openTaskDialog('stop') : actions.stop()),
    },
  };
}

export function taskToolbar(run: TaskRun, actions: TaskToolActions) {
  return html`<div class="actions" role="toolbar" aria-label="Task">
    ${Object.values(taskTools(run, actions)).map(
      ({ codicon, title, hint, key, isEnabled, run: use }) =>
        html`<button
          type="button"
          title="${hint} (${key})"
          aria-label=${title}
          aria-keyshortcuts=${key.replace('Ctrl', 'Control')}
          ?disabled=${!isEnabled}
          @click=${use}
        >
          <span class="codicon codicon-${codicon}" aria-hidden="true"></span><span class="actionTitle">${title}</span>
        </button>`,
    )}
  </div>`;
}

/** Does what the key says; `true` if it is the key of one of the tools, be it of use now or not. */
export function useToolKey(event: KeyboardEvent, run: TaskRun, actions: TaskToolActions): boolean {
  const key = toolKeyOf(event);
  if (key === undefined) {
    return false;
  }
  const tool = taskTools(run, actions)[key];
  // While an answer is on its way the key is meant for a task that is about to be gone.
  if (tool.isEnabled && !event.repeat && !run.state.isSaving) {
    tool.run();
  }
  return true;
}
