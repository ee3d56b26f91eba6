import { html, nothing } from 'lit';
import type { FailureGroups } from '../../src/core/manifest/failureGroups.js';
import type { RepeatedSources } from '../../src/core/manifest/repeatedSources.js';
import type { SourceCheck, SourceCheckProgress } from '../../src/core/manifest/sourceCheck.js';
import type { RowFilter } from '../../src/core/manifest/arrangement.js';
import { count, counted, fileName } from '../manifest/format.js';
import { chartCard, type OnCopy } from './chartCard.js';

interface Telling {
  readonly filter: RowFilter;
  readonly onFilter: (change: Partial<RowFilter>) => void;
  readonly onCopy: OnCopy;
}

const mostListed = 12;

export function failedLabels({ failed, groups, others }: FailureGroups, { filter, onFilter, onCopy }: Telling) {
  const says = `${counted(failed, 'label', 'labels')} failed, for ${counted(groups.length, 'reason', 'reasons')}${others > 0 ? ` and others (${count(others)})` : ''}. Choose one to see its rows.`;
  return chartCard(
    {
      title: 'Failed labels',
      says,
      figure: html`<gt-bar-chart
          .bars=${groups.slice(0, mostListed).map(({ reason, count: labels }) => ({
            label: reason === '' ? '(no reason)' : reason,
            value: labels,
            fill: 'fill-failed',
            isOn: filter.failures?.includes(reason) ?? false,
          }))}
          .total=${failed}
          .label=${`Failed labels by reason. ${says}`}
          @choose=${({ detail }: CustomEvent<number>) => {
            const reason = groups[detail]?.reason;
            onFilter({
              failures: reason === undefined || filter.failures?.includes(reason) === true ? undefined : [reason],
            });
          }}
        ></gt-bar-chart>
        <ol class="reasons">
          ${groups.slice(0, mostListed).map(({ reason }) => html`<li>${reason}</li>`)}
        </ol>`,
      table: { columns: ['Reason', 'Labels'], rows: groups.map(({ reason, count: labels }) => [reason, labels]) },
    },
    onCopy,
  );
}

/** `hasCutTexts`: of some sources that are texts only the beginning is known. */
export function repeatedSources(
  { sources, repeats, groups }: RepeatedSources,
  { hasCutTexts, filter, onFilter, onCopy }: Telling & { readonly hasCutTexts: boolean },
) {
  const told =
    sources === 0
      ? 'Each object is in the manifest once.'
      : `${counted(sources, 'source comes', 'sources come')} more than once: ${counted(repeats, 'line repeats', 'lines repeat')} what an earlier line has. Workers label each of these lines anew.`;
  const says = sources > 0 && hasCutTexts ? `${told} Long texts are compared in their first 256 bytes.` : told;
  const shown = groups.slice(0, mostListed);
  return chartCard(
    {
      title: 'Repeated sources',
      says,
      figure:
        sources === 0
          ? nothing
          : html`<gt-bar-chart
                .bars=${shown.map(({ source, count: lines }) => ({
                  label: fileName(source),
                  value: lines,
                  fill: 'fill-unstated',
                  isOn: filter.sources?.includes(source) ?? false,
                }))}
                .total=${sources + repeats}
                .label=${`Lines with the same source. ${says}`}
                @choose=${({ detail }: CustomEvent<number>) => {
                  const source = groups[detail]?.source;
                  onFilter({
                    sources: source === undefined || filter.sources?.includes(source) === true ? undefined : [source],
                  });
                }}
              ></gt-bar-chart>
              <p class="actions">
                ${sources > shown.length ? html`<span class="muted">${counted(sources - shown.length, 'more source', 'more sources')}</span>` : nothing}
                <button class="button" @click=${() => onFilter({ isRepeated: true })}>Choose All Repeated</button>
              </p>`,
      table: {
        columns: ['Source', 'Lines', 'First of them'],
        rows: groups.map(({ source, count: lines, lines: first }) => [
          source,
          lines,
          first.map((line) => line + 1).join(', '),
        ]),
      },
    },
    onCopy,
  );
}

export type Looking =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking'; readonly progress: SourceCheckProgress | undefined }
  | { readonly kind: 'found'; readonly check: SourceCheck; readonly isOutdated: boolean }
  | { readonly kind: 'failed'; readonly message: string };

interface LookingActions {
  readonly look: () => void;
  readonly cancel: () => void;
}

export function missingSources(looking: Looking, { look, cancel }: LookingActions, { onFilter, onCopy }: Telling) {
  const found = looking.kind === 'found' ? looking.check : undefined;
  return chartCard(
    {
      title: 'Missing sources',
      hasPicture: false,
      says: found ? missingSentence(found) : 'Whether each picture or text file that the manifest names is there.',
      figure: html`${lookingState(looking, { look, cancel })}
      ${found && found.missing.count > 0 ? missingList(found, onFilter) : nothing}
      ${
        found && found.unknown.count > 0
          ? html`<ul class="found-sources">
              ${found.unknown.reasons.map(({ reason, count: sources }) => html`<li>${count(sources)} × ${reason}</li>`)}
            </ul>`
          : nothing
      }`,
      table: {
        columns: ['Source', 'Line', 'State'],
        rows: [
          ...(found?.missing.shown ?? []).map(({ source, line }) => [source, line + 1, 'missing']),
          ...(found?.unknown.shown ?? []).map(({ source, line }) => [source, line + 1, 'unknown']),
        ],
      },
    },
    onCopy,
  );
}

function missingSentence({ sources, missing, unknown }: SourceCheck): string {
  const open = unknown.count > 0 ? ` Of ${count(unknown.count)} nobody knows.` : '';
  return missing.count === 0
    ? `Looked for ${counted(sources, 'source', 'sources')}: none is missing.${open}`
    : `${counted(missing.count, 'source', 'sources')} of ${count(sources)} cannot be found.${open} Put them where the manifest says, or take their lines out before you label: such tasks fail.`;
}

function lookingState(looking: Looking, { look, cancel }: LookingActions) {
  switch (looking.kind) {
    case 'none':
      return html`<p class="actions">
        <button class="button" @click=${look}>Look for Missing Sources</button>
        <span class="muted">Asks the buckets and folders; nothing is downloaded.</span>
      </p>`;
    case 'looking': {
      const { checked = 0, sources = 0 } = looking.progress ?? {};
      const share = sources === 0 ? 0 : (checked / sources) * 100;
      return html`<p role="status">Looked for ${count(checked)} of ${counted(sources, 'source', 'sources')}…</p>
        <div class="progress" role="progressbar" aria-label="Looking for sources" aria-valuenow=${Math.round(share)}>
          <span .style=${`width: ${share}%`}></span>
        </div>
        <p class="actions"><button class="button" @click=${cancel}>Cancel</button></p>`;
    }
    case 'failed':
      return html`<p role="alert">${looking.message}</p>
        <p class="actions"><button class="button" @click=${look}>Try Again</button></p>`;
    case 'found':
      return html`<p class="actions">
        <button class="button" @click=${look}>Look Again</button>
        ${looking.isOutdated ? html`<span class="muted">The manifest has changed since.</span>` : nothing}
      </p>`;
  }
}

function missingList({ missing }: SourceCheck, onFilter: Telling['onFilter']) {
  const { count: sources, shown } = missing;
  return html`<ul class="found-sources">
      ${shown
        .slice(0, mostListed)
        .map(
          ({ source, line }) =>
            html`<li><span class="muted number">${count(line + 1)}</span> <span title=${source}>${source}</span></li>`,
        )}
    </ul>
    <p class="actions">
      ${sources > mostListed ? html`<span class="muted">${counted(sources - mostListed, 'more', 'more')}</span>` : nothing}
      <button class="button" @click=${() => onFilter({ sources: shown.map(({ source }) => source) })}>
        Choose ${sources > shown.length ? `the First ${count(shown.length)}` : 'Them'}
      </button>
    </p>`;
}
