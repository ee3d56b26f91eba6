import { html, LitElement, nothing } from 'lit';
import type { RowFilter, RowQuery, RowSort } from '../../src/core/manifest/arrangement.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, ManifestState } from '../../src/protocol/manifestEditor.js';
import { pageState } from '../shared/port.js';
import { failure, messageOf } from './failure.js';
import { noFilter } from './filterBar.js';
import { overview } from './overview.js';
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

/** What rows can say an estimate of: the labels of one attribute, in one version of the manifest. */
interface Estimated {
  readonly attribute: string;
  readonly version: string;
}

const untouched: Arranged = { filter: noFilter, sort: { by: 'line', isDescending: false }, active: 0 };

/** The manifest editor's page. */
export class ManifestView extends LitElement {
  static override properties = {
    client: { attribute: false },
    state: { state: true },
    arranged: { state: true },
    pane: { state: true },
    estimated: { state: true },
    total: { state: true },
    rowsError: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare private state: ManifestState | undefined;
  declare private arranged: Arranged;
  declare private pane: Pane;
  declare private estimated: Estimated | undefined;
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
      showActions: () => void this.client.call('actions.show', undefined),
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
    const query = this.#queryOf(attribute, summary);
    const { opened, filter } = this.arranged;
    return html`<main class="body pane-${this.pane} ${opened === undefined ? '' : 'has-detail'}">
      <aside class="overview" aria-label="Overview">
        ${overview(summary, { selected: attribute, filter, onArrange: (change) => this.#arrange(change) })}
      </aside>
      <div class="list" ?hidden=${opened !== undefined || this.pane === 'problems' || this.pane === 'workers'}>
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
          .isEstimated=${this.#isEstimated(query, summary)}
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
        this.pane === 'workers' && opened === undefined
          ? html`<gt-workers-pane
              .client=${this.client}
              .thumbnails=${this.#thumbnails}
              .version=${this.#versionOf(summary)}
              @estimated=${({ detail }: CustomEvent<Estimated>) => (this.estimated = detail)}
              @show-disputed=${({ detail }: CustomEvent<{ attribute: string }>) => this.#showDisputed(detail.attribute)}
              @open-disputed=${({ detail }: CustomEvent<{ attribute: string; place: number }>) => {
                this.#showDisputed(detail.attribute);
                this.#open(detail.place);
              }}
            ></gt-workers-pane>`
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

  /** The attribute that was chosen, or the one that was added last: a chained job's own. */
  #selected({ attributes }: ScannedSummary): AttributeSummary | undefined {
    return attributes.find(({ name }) => name === this.arranged.attribute) ?? attributes.at(-1);
  }

  #queryOf(attribute: AttributeSummary | undefined, summary: ScannedSummary): RowQuery {
    const arranged: RowQuery = { attribute: attribute?.name, filter: this.arranged.filter, sort: this.arranged.sort };
    // After a reload, or when the manifest has grown, there is no estimate to sort by until the next analysis.
    const query =
      arranged.sort.by !== 'estimate' || this.#isEstimated(arranged, summary)
        ? arranged
        : { ...arranged, sort: untouched.sort };
    if (JSON.stringify(query) !== JSON.stringify(this.#query)) {
      this.#query = query;
      void this.client.call('query.show', { query });
    }
    return this.#query ?? query;
  }

  #isEstimated({ attribute }: RowQuery, summary: ScannedSummary): boolean {
    return this.estimated?.attribute === attribute && this.estimated?.version === this.#versionOf(summary);
  }

  #showDisputed(attribute: string): void {
    this.pane = 'rows';
    this.#arrange({ attribute, filter: noFilter, sort: { by: 'estimate', isDescending: false } });
  }

  #versionOf({ lines }: ScannedSummary): string {
    return `${this.state?.version ?? 0}:${lines}`;
  }

  #arrange(change: Partial<Arranged>): void {
    this.arranged = { ...this.arranged, active: 0, ...change };
    this.pane = this.pane === 'overview' ? 'overview' : 'rows';
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
