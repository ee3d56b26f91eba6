import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RowFilter, RowSort } from '../../src/core/manifest/arrangement.js';
import type { SearchProgress } from '../../src/core/manifest/lineSearch.js';
import type { RowLook } from '../../src/protocol/manifestEditor.js';
import { bytes, confidenceRange, count, counted, fileName, stateNames, timeSpan } from './format.js';
import { galleryBar, viewSwitch } from './viewSwitch.js';

/** Keys that come faster than this are told of together. */
const typingPauseMs = 30;
/** Interim results are told so often to whoever has them read out. */
const spokenEveryMs = 3_000;
const searched = 'Part of a file name or of a class; with a slash, part of the path';
const searchedWhole =
  'Any text of the lines, names and metadata too. What is escaped counts as what it stands for: ü finds \\u00fc';
const wholeLines =
  "Search all of the lines' text, not only files and classes; in a large manifest it may take a while (Alt+L)";

export const noFilter: RowFilter = { classes: [], confidence: undefined, states: [], text: '' };

interface Chip {
  readonly text: string;
  /** What the filter is without it. */
  readonly without: Partial<RowFilter>;
}

/** What can be chosen in charts alone. */
function chartChips({ createdAt, failures, jobs, sources, isRepeated = false }: RowFilter): readonly Chip[] {
  return [
    ...(createdAt
      ? [{ text: `${timeSpan(createdAt.from, createdAt.to)} UTC`, without: { createdAt: undefined } }]
      : []),
    ...(failures ? [{ text: `Failed: ${failures.join(', ')}`, without: { failures: undefined } }] : []),
    ...(jobs ? [{ text: `Job ${jobs.map(fileName).join(', ')}`, without: { jobs: undefined } }] : []),
    ...(sources
      ? [
          {
            text: sources.length === 1 ? fileName(sources[0] ?? '') : counted(sources.length, 'source', 'sources'),
            without: { sources: undefined },
          },
        ]
      : []),
    ...(isRepeated ? [{ text: 'Repeated sources', without: { isRepeated: undefined } }] : []),
  ];
}

/** What the list is narrowed to, in words, and the fields to narrow it further. */
export class FilterBar extends LitElement {
  static override properties = {
    filter: { attribute: false },
    total: { attribute: false },
    searched: { attribute: false },
    inWholeLines: { state: true },
    objects: { attribute: false },
    hasConfidence: { attribute: false },
    searchesBeginnings: { attribute: false },
    look: { attribute: false },
    hasDrawings: { attribute: false },
    sort: { attribute: false },
    isEstimated: { attribute: false },
  };

  declare filter: RowFilter;
  /** How many rows match; `undefined` while they are counted. */
  declare total: number | undefined;
  /** How far a search in whole lines is that finds more of them; `undefined` where none is going on. */
  declare searched: SearchProgress | undefined;
  /** Chosen also before there is a text to look for. */
  declare private inWholeLines: boolean;
  declare objects: number;
  declare hasConfidence: boolean;
  declare searchesBeginnings: boolean;
  declare look: RowLook;
  declare hasDrawings: boolean;
  declare sort: RowSort;
  declare isEstimated: boolean;
  #typing: number | undefined;
  /** What stands in the field while it is not told of yet. */
  #typed: string | undefined;
  #spoken = '';
  #spokenAt = 0;

  constructor() {
    super();
    this.inWholeLines = false;
  }

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('filter') && this.filter.text.trim() !== '') {
      this.inWholeLines = this.filter.inWholeLines === true; // As it was before a reload.
    }
    const { searched: progress } = this;
    if (!progress) {
      this.#spoken = '';
    } else if (this.#spoken === '' || performance.now() - this.#spokenAt >= spokenEveryMs) {
      this.#spokenAt = performance.now();
      this.#spoken = `Searching whole lines, ${percentOf(progress)} %: ${counted(this.total ?? 0, 'object', 'objects')} so far`;
    }
  }

  override render() {
    return html`<div class="filter-bar" role="search" aria-label="Filter objects" @keydown=${this.#toggleByKey}>
      ${this.#renderSearch()}
      ${
        this.hasConfidence
          ? html`<gt-confidence-fields
              .filter=${this.filter}
              @confidence=${({ detail }: CustomEvent<RowFilter['confidence']>) =>
                this.#tellFilter({ ...this.filter, confidence: detail })}
            ></gt-confidence-fields>`
          : nothing
      }
      ${this.#renderChips()}
      <span class="matches" role="status" aria-busy=${this.searched !== undefined}>${this.#matches()}</span>
      <span class="visually-hidden" aria-live="polite" aria-atomic="true">${this.#spoken}</span>
      <button
        class="icon-button"
        aria-label="Read the pictures again"
        title="Read the pictures again: those that are missing, and those that may have changed"
        @click=${() => this.#tell('refresh', undefined)}
      >
        <span class="codicon codicon-refresh" aria-hidden="true"></span>
      </button>
      ${viewSwitch(this.look, (look) => this.#tell('look', look))}
      ${
        this.look.view === 'gallery'
          ? galleryBar({
              look: this.look,
              hasDrawings: this.hasDrawings,
              sort: this.sort,
              isEstimated: this.isEstimated,
              onLook: (look) => this.#tell('look', look),
              onSort: (sort) => this.#tell('sort', sort),
            })
          : nothing
      }
    </div>`;
  }

  #renderSearch() {
    const text = this.#typed ?? this.filter.text;
    const usual = this.searchesBeginnings ? `${searched}. Long texts are searched in their first 256 bytes` : searched;
    const label = this.inWholeLines ? 'Filter by any text of a line' : 'Filter by file or class';
    return html`<span class="search">
      <span class="codicon codicon-search" aria-hidden="true"></span>
      <input
        type="text"
        placeholder=${label}
        aria-label=${label}
        title=${this.inWholeLines ? searchedWhole : usual}
        .value=${live(text)}
        @input=${this.#type}
        @keydown=${this.#clearByEscape}
      />
      <button
        class="whole-lines"
        aria-label="Search whole lines"
        aria-pressed=${this.inWholeLines}
        aria-keyshortcuts="Alt+L"
        title=${wholeLines}
        @click=${this.#toggleWholeLines}
      >
        <span class="codicon codicon-json" aria-hidden="true"></span>
      </button>
      ${this.searched ? searchProgress(this.searched) : nothing}
    </span>`;
  }

  #renderChips() {
    const { classes, states, confidence: range } = this.filter;
    const chips = [
      ...classes.map((name) => ({
        text: name,
        without: { classes: classes.filter((other) => other !== name) },
      })),
      ...states.map((state) => ({
        text: stateNames[state],
        without: { states: states.filter((other) => other !== state) },
      })),
      ...(range ? [{ text: confidenceRange(range), without: { confidence: undefined } }] : []),
      ...chartChips(this.filter),
    ];
    return chips.map(
      ({ text, without }) =>
        html`<button
          class="chip on"
          title="Remove this filter"
          @click=${() => this.#tellFilter({ ...this.filter, ...without })}
        >
          <span class="chip-text">${text}</span><span class="codicon codicon-close"></span>
        </button>`,
    );
  }

  #matches() {
    const isFiltered = JSON.stringify(this.filter) !== JSON.stringify(noFilter);
    if (this.total === undefined) {
      return '';
    }
    if (!isFiltered) {
      return counted(this.total, 'object', 'objects');
    }
    return html`${count(this.total)} of ${counted(this.objects, 'object', 'objects')}${this.searched ? ' so far' : ''}
      <button class="link" @click=${() => this.#tellFilter(noFilter)}>Clear filter</button>`;
  }

  readonly #type = (event: Event) => {
    const text = (event.target as HTMLInputElement).value;
    // The first key is told of at once; but a search in whole lines would begin only to be given up.
    if (this.#typing === undefined && !this.inWholeLines) {
      this.#tellText(text);
    } else {
      clearTimeout(this.#typing);
      this.#typed = text;
    }
    this.#typing = window.setTimeout(this.#endTyping, typingPauseMs);
  };

  readonly #endTyping = () => {
    const text = this.#typed;
    this.#stopTyping();
    if (text !== undefined) {
      this.#tellText(text);
    }
  };

  #stopTyping(): void {
    clearTimeout(this.#typing);
    this.#typing = undefined;
    this.#typed = undefined;
  }

  readonly #toggleWholeLines = () => {
    this.inWholeLines = !this.inWholeLines;
    this.#stopTyping();
    const { value = '' } = this.querySelector<HTMLInputElement>('.search input') ?? {};
    if (value.trim() !== '' || value !== this.filter.text) {
      this.#tellText(value);
    }
  };

  readonly #toggleByKey = (event: KeyboardEvent) => {
    // With the option key of a Mac the letter is another one.
    if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === 'KeyL') {
      event.preventDefault();
      this.#toggleWholeLines();
    }
  };

  readonly #clearByEscape = (event: KeyboardEvent) => {
    const field = event.target as HTMLInputElement;
    if (event.key === 'Escape' && field.value !== '') {
      this.#stopTyping();
      field.value = '';
      this.#tellText('');
    }
  };

  #tellText(text: string): void {
    const isWhole = this.inWholeLines && text.trim() !== '';
    this.#tellFilter({ ...this.filter, text, inWholeLines: isWhole ? true : undefined });
  }

  #tellFilter(filter: RowFilter): void {
    this.#typed = undefined;
    this.#tell('filter', filter);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function searchProgress(progress: SearchProgress) {
  return html`<span
    class="progress"
    role="progressbar"
    aria-label="Searching whole lines"
    aria-valuenow=${percentOf(progress)}
    title=${`${bytes(progress.searchedBytes)} of ${bytes(progress.totalBytes)} searched`}
  >
    <span .style=${`width: ${percentOf(progress)}%`}></span>
  </span>`;
}

function percentOf({ searchedBytes, totalBytes }: SearchProgress): number {
  return totalBytes === 0 ? 0 : Math.round((searchedBytes / totalBytes) * 100);
}
