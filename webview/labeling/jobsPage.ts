import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PortalNotice, PortalView } from '../../src/core/portal/portalView.js';
import type { PortalJob } from '../../src/core/portal/workerPortal.js';
import { isInBrowser } from '../shared/surroundings.js';
import { note } from './signInPage.js';
import { lateAnswerWords } from './standingWords.js';

export interface JobsActions {
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly redraw: () => void;
  readonly start: (jobReferenceCode: string) => void;
  readonly refresh: () => void;
  readonly signOut: () => void;
  readonly showOutput: () => void;
}

const columns = [
  { title: 'Task title', text: (job: PortalJob) => job.taskTitle, order: (job: PortalJob) => job.taskTitle },
  { title: 'Customer ID', text: (job: PortalJob) => job.customerId, order: (job: PortalJob) => job.customerId },
  { title: 'Status', text: (job: PortalJob) => job.status, order: (job: PortalJob) => job.status },
  {
    title: 'Creation time',
    text: (job: PortalJob) => creationTime(job.creationTime),
    order: (job: PortalJob) => job.creationTime,
  },
] as const;

/** What the worker arranged in the list. */
export class JobsList {
  search = '';
  selected: string | undefined;
  sort: { column: number; isDescending: boolean } = { column: 3, isDescending: true };
}

type JobsView = Extract<PortalView, { kind: 'jobs' }>;

/** The jobs as they are now, under what was said of them before as far as that still holds. */
export function withNews({ notice, lateAnswer }: JobsView, news: JobsView): JobsView {
  const hasCome = news.jobs.some(({ labelingJobName }) => labelingJobName === notice?.labelingJobName);
  const holds = notice !== undefined && !(notice.kind === 'noWork' && hasCome);
  return { ...news, ...(holds && { notice }), ...(lateAnswer && { lateAnswer }) };
}

export function jobsPage(view: JobsView, list: JobsList, actions: JobsActions) {
  const shown = shownJobs(view.jobs, list);
  const selected = shown.find(({ jobReferenceCode }) => jobReferenceCode === list.selected) ?? shown[0];
  const start = () => selected && actions.start(selected.jobReferenceCode);
  return html`<main class="jobs">
    <header class="portalHeader">
      <span>Hello, <strong>${view.email}</strong></span>
      <button type="button" class="link" @click=${actions.signOut}>Log out</button>
    </header>
    ${view.notice ? noticeOf(view.notice, actions) : nothing}
    ${view.lateAnswer ? note('info', lateAnswerWords(view.lateAnswer)) : nothing}
    ${actions.failure === undefined ? nothing : note('error', actions.failure)}
    <div class="jobsTitle">
      <h1>Jobs <span class="quiet">(${view.jobs.length})</span></h1>
      <vscode-button appearance="icon" aria-label="Refresh" title="Refresh" @click=${actions.refresh}>
        <span class="codicon codicon-refresh"></span>
      </vscode-button>
      <span class="space"></span>
      <vscode-button ?disabled=${!selected || actions.isBusy} @click=${start}>Start working</vscode-button>
    </div>
    ${
      view.jobs.length === 0
        ? html`<div class="empty">
            <span class="codicon codicon-inbox" aria-hidden="true"></span>
            <p>There is no work for you right now.</p>
            <p class="quiet">A job shows here as soon as it has a task for you. The next batch may take a moment.</p>
            <vscode-button appearance="secondary" @click=${actions.refresh}>Refresh</vscode-button>
          </div>`
        : html`<vscode-text-field
              class="search"
              placeholder="Search jobs"
              aria-label="Search jobs"
              .value=${list.search}
              @input=${(event: Event) => {
                list.search = (event.target as HTMLInputElement).value;
                actions.redraw();
              }}
            >
              <span slot="start" class="codicon codicon-search"></span>
            </vscode-text-field>
            ${jobsTable(shown, selected, list, actions)}`
    }
  </main>`;
}

function jobsTable(jobs: readonly PortalJob[], selected: PortalJob | undefined, list: JobsList, actions: JobsActions) {
  return html`<div class="tableFrame">
    <table class="jobsTable">
      <thead>
        <tr>
          <th class="radioCell"><span class="visually-hidden">Selected</span></th>
          ${columns.map(({ title }, column) => heading(title, column, list, actions))}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          jobs,
          ({ jobReferenceCode }) => jobReferenceCode,
          (job) => jobRow(job, job === selected, list, actions),
        )}
        ${
          jobs.length === 0
            ? html`<tr>
                <td></td>
                <td colspan="4" class="quiet">No job matches "${list.search}".</td>
              </tr>`
            : nothing
        }
      </tbody>
    </table>
  </div>`;
}

function heading(title: string, column: number, list: JobsList, actions: JobsActions) {
  const isSorted = list.sort.column === column;
  const direction = list.sort.isDescending ? 'descending' : 'ascending';
  return html`<th aria-sort=${isSorted ? direction : 'none'}>
    <button
      type="button"
      @click=${() => {
        list.sort = { column, isDescending: isSorted && !list.sort.isDescending };
        actions.redraw();
      }}
    >
      ${title}
      ${
        isSorted
          ? html`<span class="codicon codicon-${list.sort.isDescending ? 'chevron-down' : 'chevron-up'}"></span>`
          : nothing
      }
    </button>
  </th>`;
}

function jobRow(job: PortalJob, isSelected: boolean, list: JobsList, actions: JobsActions) {
  const select = () => {
    list.selected = job.jobReferenceCode;
    actions.redraw();
  };
  const start = () => actions.start(job.jobReferenceCode);
  return html`<tr class=${isSelected ? 'isSelected' : ''} @click=${select} @dblclick=${start}>
    <td class="radioCell">
      <input
        type="radio"
        name="job"
        aria-label=${job.taskTitle}
        .checked=${isSelected}
        @change=${select}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && start()}
      />
    </td>
    <td>
      <div class="taskTitle">${job.taskTitle}</div>
      <div class="quiet">${job.labelingJobName} · ${tasks(job.availableTasks)}</div>
    </td>
    <td class="number">${job.customerId}</td>
    <td><span class="status ${job.status.toLowerCase()}">${job.status}</span></td>
    <td>${creationTime(job.creationTime)}</td>
  </tr>`;
}

function shownJobs(jobs: readonly PortalJob[], list: JobsList): readonly PortalJob[] {
  const words = list.search.toLowerCase().split(/\s+/u);
  const { order } = columns[list.sort.column] ?? columns[0];
  const sign = list.sort.isDescending ? -1 : 1;
  return jobs
    .filter((job) => {
      const text = [job.labelingJobName, ...columns.map((column) => column.text(job))].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => sign * order(a).localeCompare(order(b)));
}

function noticeOf({ kind, labelingJobName }: PortalNotice, actions: JobsActions) {
  const show = isInBrowser
    ? nothing
    : html`<button type="button" class="link" @click=${actions.showOutput}>Show Output Manifest</button>`;
  switch (kind) {
    case 'finished':
      return note('info', html`All tasks of "${labelingJobName}" that were there for you are done. ${show}`);
    case 'noWork':
      return note(
        'info',
        html`"${labelingJobName}" has no task for you right now: it is done, stopped, or its next batch is not out yet.
        ${show}`,
      );
    case 'released':
      return note('info', `The task went back to the pool of "${labelingJobName}"; start working to take another.`);
    case 'stopped':
      return note('info', `You stopped working on "${labelingJobName}". Start working to go on where you were.`);
  }
}

function tasks(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

/** `February 10, 2022 18:11:41 UTC`, as the portal of AWS writes it. */
function creationTime(iso: string): string {
  const date = new Date(iso);
  const day = date.toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' });
  return `${day} ${date.toISOString().slice(11, 19)} UTC`;
}
