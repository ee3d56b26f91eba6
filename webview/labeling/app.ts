import { html, nothing, render } from 'lit';
import { Failure } from '../../src/core/failure.js';
import type { PortalView } from '../../src/core/portal/portalView.js';
import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { forwarded, isReplayed, isTyping, replay, takesEnter } from '../shared/keys.js';
import { JobsList, jobsPage, withNews } from './jobsPage.js';
import { labelingPage } from './labelingPage.js';
import { messagePage } from './messagePage.js';
import { newPasswordPage, signInPage } from './signInPage.js';
import type { TaskRunOptions } from './runState.js';
import { TaskRun } from './taskRun.js';
import { useToolKey } from './taskTools.js';
import { Watch } from './watch.js';

/** The labeling portal's page: it shows where the host says that the worker is. */
export function startApp(client: Client<LabelingPage>, root: HTMLElement): void {
  const frames = document.createElement('div');
  frames.className = 'frames';
  const jobsList = new JobsList();
  let view: PortalView | undefined;
  let run: TaskRun | undefined;
  let isBusy = false;
  let failure: string | undefined;
  let lostConnection: string | undefined;

  /** What lies over the task takes the keyboard as soon as it shows, so that Enter does what its first button says. */
  let covering: unknown;
  let place: PortalView['kind'] | undefined;
  const draw = () => {
    render(html`${connectionBar(lostConnection)}${page()}`, root);
    if (place !== view?.kind) {
      place = view?.kind;
      if (document.hasFocus()) {
        focusPlace();
      }
    }
    const cover = run?.state.obstacle ?? (run?.state.phase === 'finished' ? 'finished' : undefined);
    if (cover !== undefined && cover !== covering) {
      focusCover();
    }
    covering = cover;
  };

  const focusCover = () => root.querySelector<HTMLElement>('.cover vscode-button')?.focus();

  /** Enter goes on from here: the fields, the selected job, or the only button. */
  const focusPlace = () =>
    root
      .querySelector<HTMLElement>('[autofocus], .jobs input:checked, .empty vscode-button, .message vscode-button')
      ?.focus();

  const page = () => {
    if (!view) {
      return failure === undefined
        ? html`<main class="message"><vscode-progress-ring aria-label="Loading"></vscode-progress-ring></main>`
        : messagePage({ title: 'The labeling portal did not open', text: failure, action: retryView() });
    }
    switch (view.kind) {
      case 'signIn':
        return signInPage(view, {
          isBusy,
          failure,
          signIn: (email, password) => go(() => client.call('session.signIn', { email, password })),
          showInvitations: () => go(() => client.call('invitations.show', undefined)),
        });
      case 'newPassword':
        return newPasswordPage(view, {
          isBusy,
          failure,
          setNewPassword: (newPassword) => go(() => client.call('session.setNewPassword', { newPassword })),
        });
      case 'jobs':
        return jobsPage(view, jobsList, {
          isBusy,
          failure,
          redraw: draw,
          start: (jobReferenceCode) => go(() => client.call('job.start', { jobReferenceCode })),
          refresh: () => go(() => client.call('jobs.list', undefined)),
          signOut: () => go(() => client.call('session.signOut', undefined)),
          showOutput: () => go(() => client.call('output.show', undefined)),
        });
      case 'labeling':
        return run ? labelingPage(view, run, frames, labelingActions(run, view.job.jobReferenceCode)) : nothing;
      case 'restricted':
        return messagePage({
          title: 'This workspace is restricted',
          text: 'A job brings its own page for the worker, with scripts. Trust this workspace to run them, in the sandbox that they are kept in.',
          action: { title: 'Manage Workspace Trust', run: () => go(() => client.call('trust.manage', undefined)) },
        });
      case 'unreachable':
        return messagePage({
          title: 'The labeling portal cannot be reached',
          text: view.reason,
          action: retryView(),
        });
    }
  };

  const retryView = () => ({ title: 'Try Again', run: () => go(() => client.call('view.get', undefined)) });

  const labelingActions = (current: TaskRun, jobReferenceCode: string) => ({
    goOn: () => go(() => client.call('job.start', { jobReferenceCode })),
    release: () => {
      const taskId = current.state.sheet?.task.taskId;
      if (taskId !== undefined) {
        go(() => client.call('task.release', { taskId }));
      }
    },
    stop: () => go(() => client.call('job.stop', undefined)),
    finish: () => go(() => client.call('job.finish', undefined)),
    leave: () => go(() => client.call('job.leave', undefined)),
    showOutput: () => go(() => client.call('output.show', undefined)),
  });

  /** Asks the host for something; a place that comes back is gone to. */
  const go = (request: () => Promise<PortalView | undefined>): void => {
    isBusy = true;
    failure = undefined;
    draw();
    void goTo(request);
  };

  const goTo = async (request: () => Promise<PortalView | undefined>) => {
    try {
      const next = await request();
      if (next) {
        enter(next);
      }
    } catch (error) {
      failure = textOf(error);
    }
    isBusy = false;
    draw();
  };

  const enter = (next: PortalView) => {
    const isSameRun =
      view?.kind === 'labeling' &&
      next.kind === 'labeling' &&
      run?.state.phase !== 'finished' &&
      view.job.jobReferenceCode === next.job.jobReferenceCode &&
      view.autoAdvance === next.autoAdvance;
    view = next;
    if (isSameRun) {
      return;
    }
    run?.dispose();
    run = undefined;
    frames.replaceChildren();
    if (next.kind === 'labeling') {
      draw(); // The frames have a size before the first task is laid out.
      run = new TaskRun({
        client,
        view: next,
        container: frames,
        onChange: draw,
        onRefused: () => void watch.look(),
        onKey: pressed,
        onStrayKey: strayed,
      });
    }
  };

  /** New jobs of the team appear and counters move, whatever the worker arranged in the list. */
  const lookAtJobs = async (before: Extract<PortalView, { kind: 'jobs' }>) => {
    const next = await client.call('jobs.list', undefined);
    if (view !== before || isBusy) {
      return; // The worker has gone somewhere else meanwhile.
    }
    enter(next.kind === 'jobs' ? withNews(before, next) : next);
    draw();
  };

  /** A key that the task had no use for: VS Code and this page see it as if it had been pressed here. */
  const pressed: TaskRunOptions['onKey'] = (key) => void replay(key, root);

  const strayed: TaskRunOptions['onStrayKey'] = (key, { isLost }) => {
    pressed(key);
    if (key.type === 'keydown' && !isShortcut(key) && !hasDialogOpen()) {
      run?.press(key);
      if (isLost) {
        giveKeyboard();
      }
    }
  };

  /** To what lies over the task, else to the task. */
  const giveKeyboard = () => {
    focusCover();
    run?.takeKeyboard();
  };

  window.addEventListener('keydown', (event) => {
    if (!run || hasDialogOpen()) {
      return;
    }
    // VS Code prevents what a browser would do at these keys before any page hears of them.
    if (isShortcut(event) && event.key.toLowerCase() === 'z' && !event.shiftKey && !isTyping(event)) {
      event.preventDefault();
      void run.undo();
    } else if (
      !event.defaultPrevented &&
      view?.kind === 'labeling' &&
      useToolKey(event, run, labelingActions(run, view.job.jobReferenceCode))
    ) {
      event.preventDefault();
    } else if (
      !event.defaultPrevented &&
      !isReplayed(event) &&
      !isTyping(event) &&
      !isShortcut(event) &&
      !isControlKey(event)
    ) {
      run.press(forwarded(event));
      if (document.activeElement === document.body) {
        giveKeyboard(); // No button of the page has it.
      }
    }
  });
  window.addEventListener('focus', () => {
    // Chromium says so before it has focused what was clicked, or come to by Tab.
    setTimeout(() => {
      const { activeElement } = document;
      if (run && (activeElement === document.body || activeElement?.localName === 'iframe')) {
        giveKeyboard();
      } else if (activeElement === document.body) {
        focusPlace();
      }
    });
  });

  client.on('view.changed', (next) => {
    enter(next);
    draw();
  });
  client.on('connection.changed', ({ isConnected, reason }) => {
    lostConnection = isConnected ? undefined : (reason ?? '');
    draw();
  });
  // The clock.
  setInterval(() => {
    if (run?.state.phase === 'labeling') {
      draw();
    }
  }, 1_000);
  const watch = new Watch(async () => {
    if (view?.kind === 'jobs' && !isBusy) {
      await lookAtJobs(view);
    } else {
      await run?.look();
    }
  });
  go(() => client.call('view.get', undefined));
}

function isShortcut({ ctrlKey, metaKey }: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>): boolean {
  return ctrlKey || metaKey;
}

function hasDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** Tab, and what a focused button takes for itself. */
function isControlKey(event: KeyboardEvent): boolean {
  return event.key === 'Tab' || ((event.key === 'Enter' || event.key === ' ') && takesEnter(event));
}

function connectionBar(reason: string | undefined) {
  return reason === undefined
    ? nothing
    : html`<div class="connection" role="status">
        <span class="codicon codicon-debug-disconnect" aria-hidden="true"></span>
        Local Ground Truth cannot be reached. Your answer is kept and sent as soon as it is back.
      </div>`;
}

function textOf(error: unknown): string {
  if (Failure.is(error, 'portal.unreachable')) {
    return `The portal at ${error.details.endpoint} cannot be reached: ${error.details.reason}`;
  }
  if (Failure.is(error, 'portal.refused')) {
    return error.details.reason;
  }
  return error instanceof Error ? error.message : String(error);
}
