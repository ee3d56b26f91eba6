import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  ComparedAttributes,
  ComparedFilter,
  ComparisonProgress,
  ComparisonResult,
} from '../../src/core/compare/manifestComparison.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ComparedWith, ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { chosenCell, compareCounts, onlyChanged, startingFilter } from './compareFilter.js';
import { compareHead } from './compareHead.js';
import { compareMatrix } from './compareMatrix.js';
import { ruleText, sideHints } from './compareTexts.js';
import { nothingCompared } from './nothingCompared.js';
import { ToldList } from './toldList.js';
import { failure, messageOf } from '../manifest/failure.js';
import type { ComparedList } from '../manifest/objectList.js';
import type { Thumbnails } from '../manifest/thumbnails.js';
import type { CompareList, OpenedRow } from './compareList.js';

/** What differs between this manifest and another, or between two of its label attributes. */
export class ComparePane extends LitElement {
  static override properties = {
    client: { attribute: false },
    thumbnails: { attribute: false },
    version: { attribute: false },
    sides: { state: true },
    progress: { state: true },
    result: { state: true },
    filter: { state: true },
    isOutdated: { state: true },
    comparedVersion: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare thumbnails: Thumbnails;
  declare version: string;
  declare private sides: ComparedWith | undefined;
  declare private progress: ComparisonProgress | undefined;
  declare private result: ComparisonResult | undefined;
  declare private filter: ComparedFilter;
  declare private isOutdated: boolean;
  declare private comparedVersion: string | undefined;
  declare private error: string | undefined;
  #running: AbortController | undefined;
  #thumbnailsThere: Thumbnails | undefined;
  #comparison = 0;
  /** How often the other manifest has changed. */
  #changes = 0;
  /** What is to be shown again. */
  #returning: { readonly filter: ComparedFilter; readonly place: number } | undefined;
  readonly #toldList = new ToldList();
  #listening: readonly { dispose(): void }[] = [];

  constructor() {
    super();
    this.filter = onlyChanged;
    this.isOutdated = false;
  }

  override createRenderRoot() {
    return this;
  }

  /** What was set before this script was loaded is here only now. */
  override willUpdate(): void {
    if (!this.hasUpdated) {
      this.#listening = [
        this.client.on('compare.chosen', (sides) => this.#take(sides)),
        this.client.on('compare.progress', (progress) => (this.progress = progress)),
        this.client.on('compare.outdated', () => {
          this.#changes += 1;
          this.isOutdated = true;
        }),
      ];
      void this.#start();
    }
  }

  override updated(): void {
    this.#toldList.tell(
      this.client,
      this.result && !this.#running && this.error === undefined ? this.filter : undefined,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#toldList.tell(this.client, undefined);
    this.#listening.forEach((listening) => listening.dispose());
    this.#thumbnailsThere?.dispose();
    this.#thumbnailsThere = undefined;
    this.#running?.abort();
  }

  override focus(): void {
    this.#list?.focus();
  }

  /** Shows the place of a list that an object was opened from; where it is still being compared, once that is done. */
  async returnTo({ filter }: ComparedList, place: number): Promise<void> {
    this.#returning = { filter, place };
    await this.#return();
  }

  override render() {
    return html`<section class="compare" aria-label="Comparison" aria-busy=${this.#running !== undefined}>
      ${
        this.sides
          ? compareHead({
              sides: this.sides,
              result: this.result,
              onAttribute: (side, name) => this.#compareBy({ [side]: name }),
              onOpenThere: () => this.#tellHost('compare.open'),
              onSwap: this.#swap,
              onChoose: this.#choose,
              onClose: this.#close,
            })
          : nothingCompared(this.error, this.#choose)
      }
      ${this.#renderState()}
    </section>`;
  }

  #renderState(): TemplateResult | typeof nothing {
    if (this.#running) {
      const { step = 'reading', part = 0 } = this.progress ?? {};
      const text = step === 'reading' ? 'Reading both manifests…' : 'Comparing labels…';
      return html`<div class="analyzing">
        <p role="status">${text}</p>
        <div class="progress" role="progressbar" aria-label="Comparing" aria-valuenow=${Math.round(part * 100)}>
          <span .style=${`width: ${part * 100}%`}></span>
        </div>
        <button class="button" @click=${() => this.#cancel()}>Cancel</button>
      </div>`;
    }
    if (this.sides && this.error !== undefined) {
      return failure(this.error, () => void this.#compare());
    }
    if (this.sides && !this.result) {
      return html`<p class="empty">
        The comparison was cancelled. <button class="link" @click=${() => this.#compare()}>Compare again</button>
      </p>`;
    }
    return this.result ? this.#renderResult(this.result) : nothing;
  }

  #renderResult(result: ComparisonResult) {
    const hints = [
      ...sideHints('here', result.here),
      ...(this.sides?.isSameManifest === true ? [] : sideHints('there', result.there)),
    ];
    const paired = result.same + result.changed;
    return html`
      ${
        this.isOutdated || this.comparedVersion !== this.version
          ? html`<p class="hint">
              ${this.isOutdated ? 'The other manifest' : 'This manifest'} has changed since.
              <button class="link" @click=${() => this.#compare()}>Compare again</button>
            </p>`
          : nothing
      }
      ${compareCounts(result, this.filter, this.#show)} ${hints.map((text) => html`<p class="hint">${text}</p>`)}
      <p class="muted compare-rule">${ruleText(result.rules)}</p>
      ${paired > 0 ? compareMatrix(result, this.filter, this.#show) : nothing}
      ${chosenCell(result, this.filter, this.#show)}
      <gt-compare-list
        .client=${this.client}
        .thumbnails=${this.thumbnails}
        .thumbnailsThere=${(this.#thumbnailsThere ??= this.thumbnails.ofOther())}
        .filter=${this.filter}
        .comparison=${this.#comparison}
        @open-row=${({ detail }: CustomEvent<OpenedRow>) => this.#open(detail)}
      ></gt-compare-list>
    `;
  }

  get #list(): CompareList | null {
    return this.querySelector<CompareList>('gt-compare-list');
  }

  async #return(): Promise<void> {
    const { filter, place } = this.#returning ?? {};
    if (filter && place !== undefined && this.result && !this.#running) {
      this.#returning = undefined;
      if (JSON.stringify(filter) !== JSON.stringify(this.filter)) {
        this.filter = filter;
      }
      await this.updateComplete;
      this.#list?.moveTo(place);
      this.focus();
    }
  }

  readonly #show = (filter: ComparedFilter) => (this.filter = filter);

  async #start(): Promise<void> {
    const sides = await this.client.call('compare.read', undefined);
    if (sides) {
      this.#take(sides);
    } else {
      this.#choose();
    }
  }

  #take(sides: ComparedWith): void {
    this.sides = sides;
    this.result = undefined;
    this.filter = onlyChanged;
    this.#thumbnailsThere?.dispose();
    this.#thumbnailsThere = undefined;
    void this.#compare();
  }

  async #compare(): Promise<void> {
    const { sides, version } = this;
    if (!sides) {
      return;
    }
    this.#running?.abort();
    const running = new AbortController();
    const changes = this.#changes;
    this.#running = running;
    this.progress = undefined;
    this.error = undefined;
    try {
      const result = await this.client.call('compare.run', sides.attributes, running.signal);
      this.result = result;
      this.isOutdated = changes !== this.#changes;
      this.comparedVersion = version;
      this.#comparison += 1;
      this.#thumbnailsThere?.retry();
      this.filter = startingFilter(result, this.filter);
    } catch (error) {
      if (!running.signal.aborted) {
        this.error = messageOf(error);
      }
    }
    if (this.#running === running) {
      this.#running = undefined;
      this.requestUpdate();
      await this.#return();
    }
  }

  #compareBy(change: Partial<ComparedAttributes>): void {
    if (this.sides && this.result) {
      const { here, there } = this.result;
      const attributes = { here: here.attribute, there: there.attribute, ...change };
      this.sides = { ...this.sides, attributes };
      void this.#compare();
    }
  }

  readonly #swap = () => {
    if (this.sides?.isSameManifest === true) {
      this.#compareBy({ here: this.result?.there.attribute, there: this.result?.here.attribute });
    } else {
      this.#tellHost('compare.swap');
    }
  };

  #cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.requestUpdate();
  }

  readonly #close = () => {
    this.#cancel();
    this.sides = undefined;
    this.result = undefined;
    this.error = undefined;
    void this.client.call('compare.close', undefined);
  };

  readonly #choose = () => this.#tellHost('compare.choose');

  #tellHost(method: 'compare.choose' | 'compare.swap' | 'compare.open', line?: number): void {
    const asked =
      method === 'compare.open'
        ? this.client.call(method, line === undefined ? {} : { line })
        : this.client.call(method, undefined);
    asked.catch((error: unknown) => (this.error = messageOf(error)));
  }

  /** What is only there is no object of this manifest: its line is shown as text. */
  #open({ row, place, ofHere }: OpenedRow): void {
    if (row.here) {
      const attribute = this.result?.here.attribute;
      const list: ComparedList = { kind: 'compared', filter: this.filter, attribute, total: ofHere };
      this.dispatchEvent(new CustomEvent('open-compared', { detail: { list, place } }));
    } else {
      this.#tellHost('compare.open', row.there?.line);
    }
  }
}
