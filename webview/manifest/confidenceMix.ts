import { html, nothing } from 'lit';
import type { RowFilter, RowQuery } from '../../src/core/manifest/arrangement.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { count, fileName } from './format.js';

/** More could not be chosen from in a line. */
const mostJobs = 4;

interface Mix {
  readonly isOfAnnotators: boolean;
  readonly jobs: readonly string[];
}

/** What is mixed in the rows of a filter whose confidences must not be compared; `undefined` where nothing is. */
function mixOf({ human, machine, jobNames, confidence }: AttributeSummary, filter: RowFilter): Mix | undefined {
  const has = (state: 'human' | 'machine') => filter.states.length === 0 || filter.states.includes(state);
  const isOfAnnotators = human > 0 && machine > 0 && has('human') && has('machine');
  const jobs = filter.jobs ?? jobNames;
  return confidence.computed > 0 && (isOfAnnotators || jobs.length > 1) ? { isOfAnnotators, jobs } : undefined;
}

/** Says so where rows are sorted or narrowed by confidences that cannot be compared, and how to narrow them to some that can. */
export function confidenceBanner(
  attribute: AttributeSummary | undefined,
  { filter, sort }: RowQuery,
  onFilter: (filter: RowFilter) => void,
) {
  const isByConfidence = sort.by === 'confidence' || filter.confidence !== undefined;
  const mix = attribute && isByConfidence ? mixOf(attribute, filter) : undefined;
  return mix ? html`<div class="mix-banner" role="note">${mixNotes(mix, filter, onFilter)}</div>` : nothing;
}

/** The same for charts, whatever the rows are sorted by. */
export function mixNote(attribute: AttributeSummary, filter: RowFilter, onFilter: (filter: RowFilter) => void) {
  const mix = mixOf(attribute, filter);
  return mix && mix.jobs.length > 1
    ? html`<div class="mix-banner" role="note">${mixNotes({ ...mix, isOfAnnotators: false }, filter, onFilter)}</div>`
    : nothing;
}

function mixNotes({ isOfAnnotators, jobs }: Mix, filter: RowFilter, onFilter: (filter: RowFilter) => void) {
  return html`${
    isOfAnnotators
      ? html`<p>
          <span class="codicon codicon-info"></span> Confidences of humans and of machines are made in different ways
          and cannot be compared.
          <button class="link" @click=${() => onFilter({ ...filter, states: ['human'] })}>Only Human</button>
          <button class="link" @click=${() => onFilter({ ...filter, states: ['machine'] })}>Only Machine</button>
        </p>`
      : nothing
  }
  ${
    jobs.length > 1
      ? html`<p>
          <span class="codicon codicon-info"></span> Labels of ${count(jobs.length)} jobs: their confidences cannot be
          compared.
          ${jobs
            .slice(0, mostJobs)
            .map(
              (job) =>
                html`<button class="link" title=${job} @click=${() => onFilter({ ...filter, jobs: [job] })}>
                  Only ${fileName(job)}
                </button> `,
            )}
        </p>`
      : nothing
  }`;
}
