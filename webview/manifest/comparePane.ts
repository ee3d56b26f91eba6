import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type {
  ComparedAttributes,
  ComparedFilter,
  ComparedRow,
  ComparedSide,
  ComparisonProgress,
  ComparisonResult,
  Side,
} from '../../src/core/compare/manifestComparison.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ComparedWith, ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { compareMatrix } from './compareMatrix.js';
import { categoryText, filterTexts, ruleText, sideHints } from './compareTexts.js';
import { failure, messageOf } from './failure.js';
import { count, percent } from './format.js';
import type { Thumbnails } from './thumbnails.js';

const statuses = ['all', 'same', 'changed', 'onlyHere', 'onlyThere', 'duplicates', 'withoutSource'] as const;
const everything: ComparedFilter = { status: 'all' };
const onlyChanged: ComparedFilter = { status: 'changed' };

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
  #listening: readonly { dispose(): void }[] = [];

  constructor() {
    super();
    this.filter = onlyChanged;
    this.isOutdated = false;
  }

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = [
      this.client.on('compare.chosen', (sides) => this.#take(sides)),
      this.client.on('compare.progress', (progress) => (this.progress = progress)),
      this.client.on('compare.outdated', () => (this.isOutdated = true)),
    ];
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.forEach((listening) => listening.dispose());
    this.#running?.abort();
  }

  override focus(): void {
    this.querySelector<HTMLElement>('gt-compare-list')?.focus();
  }

  override render() {
    return html`<section class="compare" aria-label="Comparison" aria-busy=${this.#running !== undefined}>
      ${this.sides ? this.#renderSides(this.sides) : this.#renderNothing()} ${this.#renderState()}
    </section>`;
  }

  #renderNothing() {
    return html`<div class="empty">
      <span class="codicon codicon-diff" aria-hidden="true"></span>
      <p>Compare this manifest with another one, or two of its label attributes with each other.</p>
      ${this.error === undefined ? nothing : failure(this.error, () => this.#choose())}
      <button class="button" @click=${() => this.#choose()}>Compare With…</button>
    </div>`;
  }

  #renderSides(sides: ComparedWith) {
    return html`<div class="compare-head">
      <div class="compare-sides">
        <span class="compare-side"
          ><span class="muted">Here</span>
          <strong>this manifest</strong> ${this.#renderAttribute('here', this.result?.here)}</span
        >
        <span class="codicon codicon-arrow-both muted" aria-hidden="true"></span>
        <span class="compare-side"
          ><span class="muted">There</span> ${
            sides.isSameManifest
              ? html`<strong>this manifest</strong>`
              : html`<button class="link" title=${`Open ${sides.place}`} @click=${() => this.#tellHost('compare.open')}>
                  ${sides.name}
                </button>`
          }
          ${this.#renderAttribute('there', this.result?.there)}</span
        >
      </div>
      <div class="compare-actions">
        <button
          class="icon-button"
          title="Swap here and there"
          aria-label="Swap here and there"
          @click=${() => this.#swap(sides)}
        >
          <span class="codicon codicon-arrow-swap"></span>
        </button>
        <button class="button" @click=${() => this.#choose()}>Compare With…</button>
        <button class="icon-button" title="End the comparison" aria-label="End the comparison" @click=${this.#close}>
          <span class="codicon codicon-close"></span>
        </button>
      </div>
    </div>`;
  }

  #renderAttribute(side: Side, compared: ComparedSide | undefined) {
    if (!compared || compared.attribute === undefined) {
      return nothing;
    }
    return html`<select
      aria-label=${`Label attribute ${side}`}
      @change=${(event: Event) => this.#compareBy({ [side]: (event.target as HTMLSelectElement).value })}
    >
      ${compared.attributes.map(
        (name) => html`<option value=${name} ?selected=${name === compared.attribute}>${name}</option>`,
      )}
    </select>`;
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
      <div class="compare-counts" role="group" aria-label="Show">
        ${statuses.map((status) => this.#renderChip(status, countOf(result, status)))}
        <span class="muted"
          >${paired > 0 ? `${percent(result.same, paired)} of pairs are the same` : 'No object is in both'}</span
        >
      </div>
      ${hints.map((text) => html`<p class="hint">${text}</p>`)}
      <p class="muted compare-rule">${ruleText(result.rules)}</p>
      ${paired > 0 ? compareMatrix(result, this.filter, (filter) => (this.filter = filter)) : nothing}
      ${this.#renderChosenCell(result)}
      <gt-compare-list
        .client=${this.client}
        .thumbnails=${this.thumbnails}
        .thumbnailsThere=${(this.#thumbnailsThere ??= this.thumbnails.ofOther())}
        .filter=${this.filter}
        .comparison=${this.#comparison}
        @open-row=${({ detail }: CustomEvent<ComparedRow>) => this.#open(detail)}
      ></gt-compare-list>
    `;
  }

  #renderChip(status: ComparedFilter['status'], objects: number) {
    const isOn = this.filter.status === status && this.filter.here === undefined && this.filter.there === undefined;
    const isOptional = status === 'duplicates' || status === 'withoutSource';
    return isOptional && objects === 0
      ? nothing
      : html`<button
          class="chip chip-${status} ${isOn ? 'on' : ''}"
          aria-pressed=${isOn}
          @click=${() => (this.filter = { status })}
        >
          ${filterTexts[status]} <span class="number">${count(objects)}</span>
        </button>`;
  }

  #renderChosenCell({ categories }: ComparisonResult) {
    const { here, there } = this.filter;
    if (here === undefined && there === undefined) {
      return nothing;
    }
    const parts = [
      here === undefined ? '' : `“${categoryText(categories[here])}” here`,
      there === undefined ? '' : `“${categoryText(categories[there])}” there`,
    ];
    return html`<p class="compare-chosen" role="status">
      Only ${parts.filter((part) => part !== '').join(' and ')}
      <button class="link" @click=${() => (this.filter = everything)}>Show all</button>
    </p>`;
  }

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
    this.#running = running;
    this.progress = undefined;
    this.error = undefined;
    try {
      const result = await this.client.call('compare.run', sides.attributes, running.signal);
      this.result = result;
      this.isOutdated = false;
      this.comparedVersion = version;
      this.#comparison += 1;
      this.filter = startingFilter(result, this.filter);
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

  #compareBy(change: Partial<ComparedAttributes>): void {
    if (this.sides && this.result) {
      const { here, there } = this.result;
      const attributes = { here: here.attribute, there: there.attribute, ...change };
      this.sides = { ...this.sides, attributes };
      void this.#compare();
    }
  }

  #swap({ isSameManifest }: ComparedWith): void {
    if (isSameManifest) {
      this.#compareBy({ here: this.result?.there.attribute, there: this.result?.here.attribute });
    } else {
      this.#tellHost('compare.swap');
    }
  }

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

  #choose(): void {
    this.#tellHost('compare.choose');
  }

  #tellHost(method: 'compare.choose' | 'compare.swap' | 'compare.open', line?: number): void {
    const asked =
      method === 'compare.open'
        ? this.client.call(method, line === undefined ? {} : { line })
        : this.client.call(method, undefined);
    asked.catch((error: unknown) => (this.error = messageOf(error)));
  }

  /** What is only there is no object of this manifest: its line is shown as text. */
  #open({ here, there }: ComparedRow): void {
    if (here) {
      const detail = { line: here.line, attribute: this.result?.here.attribute };
      this.dispatchEvent(new CustomEvent('open-line', { detail }));
    } else {
      this.#tellHost('compare.open', there?.line);
    }
  }
}

function countOf(result: ComparisonResult, status: ComparedFilter['status']): number {
  const { same, changed, onlyHere, onlyThere, here, there } = result;
  switch (status) {
    case 'all':
      return same + changed + onlyHere + onlyThere + here.withoutSource + there.withoutSource;
    case 'duplicates':
      return here.duplicates + there.duplicates;
    case 'withoutSource':
      return here.withoutSource + there.withoutSource;
    default:
      return result[status];
  }
}

/** What was filtered by stays, but for a first look at what has not changed, and for cells that may be others now. */
function startingFilter({ changed }: ComparisonResult, { status, here, there }: ComparedFilter): ComparedFilter {
  return (status === 'changed' && changed === 0) || here !== undefined || there !== undefined ? everything : { status };
}
