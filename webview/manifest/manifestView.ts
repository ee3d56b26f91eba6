import { html, LitElement, nothing } from 'lit';
import type { LabelStateName, RowFilter, RowQuery, RowSort } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, ManifestState } from '../../src/protocol/manifestEditor.js';
import { pageState } from '../shared/port.js';
import { failure, messageOf } from './failure.js';
import { noFilter } from './filterBar.js';
import { type Pane, pageHeader, progressBar } from './pageHeader.js';
import { type Counted, RowList } from './rowList.js';
import { Thumbnails } from './thumbnails.js';

/** While a manifest is being scanned its numbers are asked for so often. */
const refreshMs = 300;

/** What the user arranged; it survives a reload of the window. */
interface Arranged {
  readonly attribute?: string;
  readonly filter: RowFilter;
  readonly sort: RowSort;
  readonly opened?: number;
  readonly active: number;
}

const untouched: Arranged = { filter: noFilter, sort: { by: 'line', isDescending: false }, active: 0 };

/** The manifest editor's page. */
export class ManifestView extends LitElement {
  static override properties = {
    client: { attribute: false },
    state: { state: true },
    arranged: { state: true },
    pane: { state: true },
    total: { state: true },
    rowsError: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare private state: ManifestState | undefined;
  declare private arranged: Arranged;
  declare private pane: Pane;
  declare private total: number | undefined;
  /** Why rows could not be read. */
  declare private rowsError: string | undefined;
  declare private error: string | undefined;
  #thumbnails: Thumbnails | undefined;
  #isReading = false;
  #isStale = false;
  /** Kept as one object as long as it says the same: the list reads anew whatever is another one. */
  #query: RowQuery | undefined;

  constructor() {
    super();
    const kept = pageState.get() as Partial<Arranged> | undefined;
    this.arranged = { ...untouched, ...kept };
    this.pane = 'rows';
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#thumbnails = new Thumbnails(this.client);
    this.client.on('manifest.changed', ({ progress }) => {
      this.state = this.state && { ...this.state, progress };
      void this.#read();
    });
    void this.#read();
  }

  override render() {
    const { state } = this;
    if (this.error !== undefined) {
      return html`<main>${failure(this.error, () => void this.#read())}</main>`;
    }
    if (!state) {
      return html`<main class="empty" aria-busy="true">Opening…</main>`;
    }
    const { summary } = state;
    return html`${pageHeader(state, this.pane, {
      toggle: (pane) => this.#toggle(pane),
      openText: () => void this.client.call('text.open', {}),
    })}
    ${progressBar(state.progress)}
    ${
      state.progress.kind === 'failed'
        ? failure(state.progress.message, () => void this.client.call('manifest.rescan', undefined))
        : nothing
    }
    ${summary && summary.lines > 0 ? this.#renderBody(summary) : this.#renderEmpty(state)}`;
  }

  #renderEmpty({ progress }: ManifestState) {
    if (progress.kind === 'failed') {
      return nothing;
    }
    return progress.kind === 'scanning'
      ? html`<main class="empty" aria-busy="true">Reading…</main>`
      : html`<main class="empty">
          <span class="codicon codicon-inbox"></span>
          <p><strong>This manifest is empty.</strong></p>
          <p>
            A manifest has one JSON object per line. While a job runs, lines appear here as its objects are labeled.
          </p>
        </main>`;
  }

  #renderBody(summary: ScannedSummary) {
    const attribute = this.#selected(summary);
    const query = this.#queryOf(attribute);
    const { opened, filter } = this.arranged;
    return html`<main class="body pane-${this.pane} ${opened === undefined ? '' : 'has-detail'}">
      <aside class="overview" aria-label="Overview">${this.#renderCards(summary, attribute)}</aside>
      <div class="list" ?hidden=${opened !== undefined || this.pane === 'problems'}>
        <gt-filter-bar
          .filter=${filter}
          .total=${this.total}
          .objects=${summary.objects}
          .hasConfidence=${(attribute?.confidence.computed ?? 0) > 0}
          .searchesBeginnings=${summary.hasCutTexts}
          @filter=${({ detail }: CustomEvent<RowFilter>) => this.#arrange({ filter: detail })}
        ></gt-filter-bar>
        ${this.rowsError === undefined ? nothing : failure(this.rowsError, this.#retryRows)}
        <gt-row-list
          .client=${this.client}
          .thumbnails=${this.#thumbnails}
          .query=${query}
          .version=${this.#versionOf(summary)}
          .active=${this.arranged.active}
          @counted=${({ detail }: CustomEvent<Counted>) => {
            this.total = detail.total;
            this.rowsError = detail.error;
          }}
          @sort=${({ detail }: CustomEvent<RowSort>) => this.#arrange({ sort: detail })}
          @open-row=${({ detail }: CustomEvent<{ place: number }>) => this.#open(detail.place)}
        ></gt-row-list>
        ${
          this.total === 0
            ? html`<p class="empty no-match">
                No object matches.
                <button class="link" @click=${() => this.#arrange({ filter: noFilter })}>Clear filter</button>
              </p>`
            : nothing
        }
      </div>
      ${
        this.pane === 'problems' && opened === undefined
          ? html`<gt-problem-list
              .client=${this.client}
              .version=${this.#versionOf(summary)}
              .total=${summary.problems}
            ></gt-problem-list>`
          : nothing
      }
      ${
        opened === undefined
          ? nothing
          : html`<gt-line-detail
              .client=${this.client}
              .query=${query}
              .place=${opened}
              .total=${this.total ?? opened + 1}
              .version=${this.#versionOf(summary)}
              @go=${({ detail }: CustomEvent<number>) => this.#open(detail)}
              @close=${this.#close}
            ></gt-line-detail>`
      }
    </main>`;
  }

  #renderCards({ attributes, hasMoreAttributes }: ScannedSummary, selected: AttributeSummary | undefined) {
    if (attributes.length === 0) {
      return html`<p class="hint">
        No labels yet. An input manifest only names the objects to label; in an output manifest, labels appear as soon
        as the job has made the first ones of its workers' answers.
      </p>`;
    }
    return html`${attributes.map((attribute) => {
      const within = { attribute: attribute.name };
      const current = attribute === selected ? this.arranged.filter : noFilter;
      return html`<gt-summary-card
        .summary=${attribute}
        .filter=${current}
        .isSelected=${attribute === selected}
        @select-attribute=${() => this.#arrange({ ...within, filter: current })}
        @toggle-class=${({ detail }: CustomEvent<string>) =>
          this.#arrange({ ...within, filter: { ...current, classes: toggled(current.classes, detail) } })}
        @toggle-state=${({ detail }: CustomEvent<LabelStateName>) =>
          this.#arrange({ ...within, filter: { ...current, states: toggled(current.states, detail) } })}
        @confidence-range=${({ detail }: CustomEvent<{ from: number; to: number }>) =>
          this.#arrange({ ...within, filter: { ...current, confidence: detail } })}
      ></gt-summary-card>`;
    })}
    ${hasMoreAttributes ? html`<p class="hint">There are more label attributes than are shown here.</p>` : nothing}`;
  }

  /** The attribute that was chosen, or the one that was added last: a chained job's own. */
  #selected({ attributes }: ScannedSummary): AttributeSummary | undefined {
    return attributes.find(({ name }) => name === this.arranged.attribute) ?? attributes.at(-1);
  }

  #queryOf(attribute: AttributeSummary | undefined): RowQuery {
    const query: RowQuery = { attribute: attribute?.name, filter: this.arranged.filter, sort: this.arranged.sort };
    if (JSON.stringify(query) !== JSON.stringify(this.#query)) {
      this.#query = query;
    }
    return this.#query ?? query;
  }

  #versionOf({ lines }: ScannedSummary): string {
    return `${this.state?.version ?? 0}:${lines}`;
  }

  #arrange(change: Partial<Arranged>): void {
    this.arranged = { ...this.arranged, active: 0, ...change };
    this.pane = this.pane === 'problems' ? 'rows' : this.pane;
    this.#remember();
  }

  #open(place: number): void {
    this.arranged = { ...this.arranged, opened: place, active: place };
    this.#remember();
  }

  readonly #close = () => {
    const { opened = 0, ...rest } = this.arranged;
    this.arranged = rest;
    this.#remember();
    void this.#backToList(opened);
  };

  async #backToList(place: number): Promise<void> {
    await this.updateComplete;
    const list = this.querySelector('gt-row-list');
    if (list instanceof RowList) {
      await list.updateComplete;
      list.moveTo(place);
      list.focus();
    }
  }

  readonly #retryRows = () => {
    this.rowsError = undefined;
    this.querySelector<RowList>('gt-row-list')?.retry();
  };

  #toggle(pane: Pane): void {
    this.pane = this.pane === pane ? 'rows' : pane;
  }

  #remember(): void {
    pageState.set(this.arranged);
  }

  // One question at a time, and one more if something changed meanwhile.
  async #read(): Promise<void> {
    this.#isStale = true;
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.state = await this.client.call('manifest.read', undefined);
        this.error = undefined;
      } catch (error) {
        this.error = messageOf(error);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, refreshMs);
      });
    }
    this.#isReading = false;
  }
}

function toggled<T>(chosen: readonly T[], value: T): readonly T[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}
