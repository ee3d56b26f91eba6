import { html, LitElement, nothing } from 'lit';
import type { RowFilter, RowQuery } from '../../src/core/manifest/arrangement.js';
import type { Breakdown } from '../../src/core/manifest/breakdown.js';
import type { FailureGroups } from '../../src/core/manifest/failureGroups.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { RepeatedSources } from '../../src/core/manifest/repeatedSources.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { failure, messageOf } from '../manifest/failure.js';
import { noFilter } from '../manifest/filterBar.js';
import { count, counted } from '../manifest/format.js';
import type { OnCopy } from './chartCard.js';
import { confidenceCards } from './confidenceCards.js';
import { copyChart } from './copyChart.js';
import { classBalance, humanOrMachine, labelsOverTime } from './labelCards.js';
import { MissingSearch } from './missingSearch.js';
import { failedLabels, missingSources, repeatedSources } from './sourceCards.js';
import type { Whose } from './spreads.js';

/** What was read of one label attribute. */
interface Read {
  readonly breakdown: Breakdown;
  readonly failures: FailureGroups | undefined;
}

/** More side by side could not be compared. */
const mostAttributes = 4;

/** The whole manifest in pictures. What is chosen in one narrows the rows. */
export class ChartsPane extends LitElement {
  static override properties = {
    client: { attribute: false },
    summary: { attribute: false },
    query: { attribute: false },
    version: { attribute: false },
    isComplete: { attribute: false },
    total: { attribute: false },
    chosen: { state: true },
    of: { state: true },
    whose: { state: true },
    read: { state: true },
    repeats: { state: true },
    status: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare summary: ScannedSummary;
  declare query: RowQuery;
  declare version: string;
  /** Whether all of the manifest was scanned. */
  declare isComplete: boolean;
  /** How many rows the filter lets through. */
  declare total: number | undefined;
  /** Label attributes side by side. */
  declare private chosen: readonly string[];
  declare private of: 'all' | 'filtered';
  declare private whose: Whose | undefined;
  declare private read: ReadonlyMap<string, Read>;
  declare private repeats: RepeatedSources | undefined;
  declare private status: string;
  declare private error: string | undefined;
  #wanted = '';
  #isReading = false;
  #missing: MissingSearch | undefined;

  constructor() {
    super();
    this.chosen = [];
    this.of = 'all';
    this.read = new Map();
    this.status = '';
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#missing?.dispose();
    this.#missing = undefined;
  }

  override willUpdate(): void {
    // Not before: this class may come later than its element, which has no client until it is first updated.
    this.#missing ??= new MissingSearch(this.client, () => this.requestUpdate());
    const wanted = JSON.stringify([
      this.version,
      this.isComplete,
      this.#shown.map(({ name }) => name),
      this.of === 'filtered' ? this.query.filter : 'all',
    ]);
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      void this.#readUntilFresh();
    }
  }

  override render() {
    const shown = this.#shown;
    return html`<section class="charts" aria-label="Charts" aria-busy=${this.#isReading}>
      ${this.#renderBar()}
      ${this.error === undefined ? nothing : failure(this.error, () => void this.#readUntilFresh())}
      ${this.summary.attributes.length > 1 ? this.#renderChooser(shown) : nothing}
      ${
        shown.length > 1
          ? html`<div class="side-by-side">
              ${shown.map(
                (summary) =>
                  html`<section class="column" aria-label=${`Charts of ${summary.name}`}>
                    <h2 title=${summary.name}>${summary.name}</h2>
                    ${this.#renderAttribute(summary)}
                  </section>`,
              )}
            </div>`
          : shown.map((summary) => html`<div class="chart-grid">${this.#renderAttribute(summary)}</div>`)
      }
      <div class="chart-grid">${this.#renderSources()}</div>
    </section>`;
  }

  #renderBar() {
    const isFiltered = JSON.stringify(this.query.filter) !== JSON.stringify(noFilter);
    return html`<div class="charts-bar">
      <label class="of"
        ><input
          type="checkbox"
          .checked=${this.of === 'filtered'}
          ?disabled=${!isFiltered && this.of === 'all'}
          @change=${() => (this.of = this.of === 'all' ? 'filtered' : 'all')}
        />
        Only the rows of the filter</label
      >
      <span class="charts-status" role="status">${this.status}</span>
      ${
        isFiltered
          ? html`<span class="muted"
                >${this.total === undefined ? '' : count(this.total)} of
                ${counted(this.summary.objects, 'object', 'objects')} chosen</span
              >
              <button class="link" @click=${() => this.#arrange(this.query.attribute, noFilter)}>Clear filter</button>
              <button class="button" @click=${() => this.#tell('show-rows', undefined)}>Show Rows</button>`
          : html`<span class="muted">Click or drag in a chart to choose objects.</span>`
      }
    </div>`;
  }

  #renderChooser(shown: readonly AttributeSummary[]) {
    return html`<div class="attribute-chooser" role="group" aria-label="Label attributes side by side">
      <span class="muted">Side by side</span>
      ${this.summary.attributes.map(({ name }) => {
        const isOn = shown.some((summary) => summary.name === name);
        return html`<button
          class="chip ${isOn ? 'on' : ''}"
          aria-pressed=${isOn}
          ?disabled=${isOn ? shown.length === 1 : shown.length >= mostAttributes}
          title=${isOn ? '' : shown.length >= mostAttributes ? `At most ${mostAttributes}` : ''}
          @click=${() => {
            const names = shown.map((summary) => summary.name);
            this.chosen = isOn ? names.filter((other) => other !== name) : [...names, name];
          }}
        >
          ${name}
        </button>`;
      })}
    </div>`;
  }

  #renderAttribute(summary: AttributeSummary) {
    const read = this.read.get(summary.name);
    if (!read) {
      return html`<p class="empty">Counting…</p>`;
    }
    const filter = summary.name === this.query.attribute ? this.query.filter : noFilter;
    const onFilter = (change: Partial<RowFilter>) => this.#arrange(summary.name, { ...filter, ...change });
    const charts = { summary, breakdown: read.breakdown, filter, onFilter, onCopy: this.#copy };
    return html`${classBalance(charts)} ${humanOrMachine(charts)}
    ${confidenceCards(charts, { whose: this.whose, onWhose: (whose) => (this.whose = whose) })}
    ${labelsOverTime(charts)}
    ${read.failures && read.failures.failed > 0 ? failedLabels(read.failures, charts) : nothing}`;
  }

  #renderSources() {
    const { filter } = this.query;
    const onFilter = (change: Partial<RowFilter>) => this.#arrange(this.query.attribute, { ...filter, ...change });
    const telling = { filter, onFilter, onCopy: this.#copy };
    const missing = this.#missing;
    return html`${this.repeats ? repeatedSources(this.repeats, { ...telling, hasCutTexts: this.summary.hasCutTexts }) : nothing}
    ${
      missing
        ? missingSources(
            missing.looking(this.version),
            { look: () => void missing.look(this.version), cancel: () => missing.cancel() },
            telling,
          )
        : nothing
    }`;
  }

  /** Those that were chosen, or the one that the rows are about. */
  get #shown(): readonly AttributeSummary[] {
    const { attributes } = this.summary;
    const chosen = attributes.filter(({ name }) => this.chosen.includes(name));
    return chosen.length > 0 ? chosen : attributes.filter(({ name }) => name === this.query.attribute);
  }

  /** One question at a time, and once more if something changed meanwhile: a manifest that grows is not asked faster. */
  async #readUntilFresh(): Promise<void> {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    let done = '';
    while (done !== this.#wanted && this.isConnected) {
      done = this.#wanted;
      try {
        await this.#readOnce();
        this.error = undefined;
      } catch (error) {
        this.error = messageOf(error);
      }
    }
    this.#isReading = false;
    this.requestUpdate();
  }

  async #readOnce(): Promise<void> {
    const { of, query, isComplete } = this;
    const read = new Map<string, Read>();
    for (const { name } of this.#shown) {
      const request = { attribute: name, query, of };
      const breakdown = await this.client.call('breakdown.read', request);
      // Their lines are read for it: not again and again while the manifest is being scanned.
      const isAsked = isComplete && breakdown.states.failed > 0;
      const failures = isAsked ? await this.client.call('failures.read', request) : undefined;
      read.set(name, { breakdown, failures });
    }
    this.read = read;
    this.repeats = isComplete ? await this.client.call('repeats.read', undefined) : undefined;
  }

  readonly #copy: OnCopy = (card, title, format, table) => {
    void copyChart({ client: this.client, card, title, format, table }).then(
      (told) => (this.status = told),
      (error: unknown) => (this.status = `“${title}” was not copied: ${messageOf(error)}`),
    );
  };

  #arrange(attribute: string | undefined, filter: RowFilter): void {
    this.#tell('arrange', { ...(attribute !== undefined && { attribute }), filter });
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
