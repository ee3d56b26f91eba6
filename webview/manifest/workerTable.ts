import { html, nothing } from 'lit';
import type { JobAnalysis, WorkerAnalysis } from '../../src/core/consolidation/wholeJob/jobAnalysis.js';
import { confidence, count, seconds } from './format.js';

type Column = 'worker' | 'answers' | 'accuracy' | 'seconds';

export interface WorkerSort {
  readonly by: Column;
  readonly isDescending: boolean;
}

interface TableOptions {
  readonly sort: WorkerSort;
  readonly showsIds: boolean;
  readonly onSort: (sort: WorkerSort) => void;
}

const columns: readonly { readonly by: Column; readonly title: string; readonly meaning: string }[] = [
  { by: 'worker', title: 'Worker', meaning: 'Sort by worker' },
  { by: 'answers', title: 'Answers', meaning: 'How many objects the worker answered' },
  {
    by: 'accuracy',
    title: 'Accuracy',
    meaning: 'The part of the answers that is expected to be right, by the estimate',
  },
  { by: 'seconds', title: 'Median time', meaning: 'Half of the answers took less' },
];

/** What a worker is called where who it is does not matter. */
export function workerName(place: number): string {
  return `Worker ${count(place + 1)}`;
}

/** A row for each worker; a click on a title sorts by it, a second one the other way round. */
export function workerTable({ workers, isEstimated }: JobAnalysis, { sort, showsIds, onSort }: TableOptions) {
  const named = workers.map((worker, place) => ({ worker, place }));
  const rows = named.toSorted((a, b) => {
    const difference = valueOf(a, sort.by) - valueOf(b, sort.by);
    return (sort.isDescending ? -difference : difference) || a.place - b.place;
  });
  return html`<div class="scrolled">
    <table class="worker-table">
      <thead>
        <tr>
          ${columns.map(({ by, title, meaning }) => {
            const isSorted = sort.by === by;
            return html`<th
              scope="col"
              class=${by === 'worker' ? '' : 'number'}
              aria-sort=${isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
            >
              <button
                class="sort"
                title=${meaning}
                @click=${() => onSort({ by, isDescending: isSorted && !sort.isDescending })}
              >
                ${title}${
                  isSorted
                    ? html`<span class="codicon codicon-arrow-small-${sort.isDescending ? 'down' : 'up'}"></span>`
                    : nothing
                }
              </button>
            </th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ worker, place }) =>
            html`<tr>
              <th scope="row">
                ${workerName(place)}${showsIds ? html` <span class="mono muted">${worker.workerId}</span>` : nothing}
              </th>
              <td class="number">${count(worker.answers)}</td>
              <td class="number">${isEstimated ? accuracy(worker) : html`<span class="muted">–</span>`}</td>
              <td class="number">
                ${worker.medianSeconds === undefined ? html`<span class="muted">–</span>` : seconds(worker.medianSeconds)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function accuracy({ accuracy: value }: WorkerAnalysis) {
  return html`<span class="measured"
    ><span class="meter" aria-hidden="true"><span .style=${`width: ${value * 100}%`}></span></span
    >${confidence(value)}</span
  >`;
}

function valueOf({ worker, place }: { readonly worker: WorkerAnalysis; readonly place: number }, by: Column): number {
  switch (by) {
    case 'worker':
      return place;
    case 'answers':
      return worker.answers;
    case 'accuracy':
      return worker.accuracy;
    case 'seconds':
      return worker.medianSeconds ?? -1;
  }
}
