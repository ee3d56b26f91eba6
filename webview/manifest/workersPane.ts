import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { JobAnalysis } from '../../src/core/consolidation/wholeJob/jobAnalysis.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Client } from '../../src/protocol/channel.js';
import type { AnalysisProgress, AnalysisResult, ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { agreementFigures } from './agreementFigures.js';
import { disputedObjects } from './disputedObjects.js';
import { failure, messageOf } from './failure.js';
import { noFilter } from './filterBar.js';
import { count, counted } from './format.js';
import { unreadableNote } from './responsesTable.js';
import type { Thumbnails } from './thumbnails.js';
import { type WorkerSort, workerTable } from './workerTable.js';

/** So many of the most disputed objects are listed here; the list of rows has all of them. */
const disputedCount = 20;

/** What all answers of a job say together: who is often right, which classes are mixed up, which labels to look at. */
export class WorkersPane extends LitElement {
  static override properties = {
    client: { attribute: false },
    thumbnails: { attribute: false },
    version: { attribute: false },
    progress: { state: true },
    result: { state: true },
    analyzedVersion: { state: true },
    disputed: { state: true },
    sort: { state: true },
    showsIds: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare thumbnails: Thumbnails;
  declare version: string;
  declare private progress: AnalysisProgress | undefined;
  declare private result: AnalysisResult | undefined;
  /** The version of the manifest that `result` is about. */
  declare private analyzedVersion: string | undefined;
  declare private disputed: readonly ManifestRow[];
  declare private sort: WorkerSort;
  declare private showsIds: boolean;
  declare private error: string | undefined;
  #running: AbortController | undefined;
  #listening: { dispose(): void } | undefined;

  constructor() {
    super();
    this.disputed = [];
    this.sort = { by: 'worker', isDescending: false };
    this.showsIds = false;
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = this.client.on('analysis.progress', (progress) => {
      this.progress = progress;
    });
    void this.#analyze();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.dispose();
    this.#running?.abort();
  }

  override render() {
    return html`<section class="workers" aria-label="Workers" aria-busy=${this.#running !== undefined}>
      ${this.#renderState()}
    </section>`;
  }

  #renderState(): TemplateResult {
    if (this.#running) {
      return this.#renderProgress();
    }
    if (this.error !== undefined) {
      return failure(this.error, () => void this.#analyze());
    }
    switch (this.result?.kind) {
      case undefined:
        return html`<p class="empty">
          The analysis was cancelled. <button class="link" @click=${() => this.#analyze()}>Analyze</button>
        </p>`;
      case 'none':
        return html`<p class="empty">${this.result.reason}</p>`;
      case 'analysis':
        return this.#renderAnalysis(this.result.analysis, this.result.unreadable);
    }
  }

  #renderProgress() {
    const { text, share } = told(this.progress);
    return html`<div class="analyzing">
      <p role="status">${text}</p>
      <div class="progress" role="progressbar" aria-label="Analyzing" aria-valuenow=${Math.round(share * 100)}>
        <span .style=${`width: ${share * 100}%`}></span>
      </div>
      <button class="button" @click=${() => this.#cancel()}>Cancel</button>
    </div>`;
  }

  #renderAnalysis(analysis: JobAnalysis, unreadable: number) {
    const { isEstimated, workers, classes } = analysis;
    return html`
      ${
        this.analyzedVersion === this.version
          ? nothing
          : html`<p class="hint">
              The manifest has changed since.
              <button class="link" @click=${() => this.#analyze()}>Analyze again</button>
            </p>`
      }
      ${unreadableNote(unreadable)} ${agreementFigures(analysis)}
      <section>
        <h2>
          Workers
          <button class="link" aria-pressed=${this.showsIds} @click=${() => (this.showsIds = !this.showsIds)}>
            ${this.showsIds ? 'Hide worker IDs' : 'Show worker IDs'}
          </button>
        </h2>
        ${workerTable(analysis, { sort: this.sort, showsIds: this.showsIds, onSort: (sort) => (this.sort = sort) })}
      </section>
      ${
        isEstimated && classes.length > 1
          ? html`<gt-confusion-table
              .client=${this.client}
              .classes=${classes}
              .workers=${workers.length}
              .version=${this.analyzedVersion}
            ></gt-confusion-table>`
          : nothing
      }
      ${
        this.disputed.length > 0
          ? disputedObjects(this.disputed, {
              thumbnails: this.thumbnails,
              onOpen: (place) => this.#tell('open-disputed', { attribute: analysis.attribute, place }),
              onShowAll: () => this.#tell('show-disputed', { attribute: analysis.attribute }),
            })
          : nothing
      }
    `;
  }

  async #analyze(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.progress = undefined;
    this.error = undefined;
    this.result = undefined;
    const { version } = this;
    try {
      const result = await this.client.call('analysis.read', undefined, running.signal);
      const isEstimated = result.kind === 'analysis' && result.analysis.isEstimated;
      this.disputed = isEstimated ? await this.#readDisputed(result.analysis.attribute, running.signal) : [];
      this.result = result;
      this.analyzedVersion = version;
      if (isEstimated) {
        this.#tell('estimated', { attribute: result.analysis.attribute, version });
      }
    } catch (error) {
      if (!running.signal.aborted) {
        this.error = messageOf(error);
      }
    }
    if (this.#running === running) {
      this.#running = undefined;
      this.requestUpdate();
    }
  }

  async #readDisputed(attribute: string, signal: AbortSignal): Promise<readonly ManifestRow[]> {
    const query: RowQuery = { attribute, filter: noFilter, sort: { by: 'estimate', isDescending: false } };
    const { rows } = await this.client.call('rows.read', { query, first: 0, count: disputedCount }, signal);
    return rows.filter(({ estimate }) => estimate !== undefined);
  }

  #cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.requestUpdate();
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function told(progress: AnalysisProgress | undefined): { readonly text: string; readonly share: number } {
  switch (progress?.kind) {
    case undefined:
    case 'listing':
      return { text: "Looking for the workers' answers…", share: 0 };
    case 'reading':
      return {
        text: `Reading answers: ${count(progress.read)} of ${counted(progress.files, 'file', 'files')}…`,
        share: progress.files === 0 ? 0 : progress.read / progress.files,
      };
    case 'estimating':
      return { text: 'Estimating from all answers together…', share: progress.part };
  }
}
