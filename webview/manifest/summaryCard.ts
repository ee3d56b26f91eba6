import { html, LitElement, nothing } from 'lit';
import type { LabelStateName, RowFilter } from '../../src/core/manifest/arrangement.js';
import type { AttributeSummary, ClassSummary } from '../../src/core/manifest/manifestSummary.js';
import { classColour } from './classColour.js';
import { confidenceOrigin } from './confidenceOrigin.js';
import { confidence, count, counted, notComputed, percent, stateNames, timeSpan } from './format.js';

const mostBars = 10;

const states: readonly LabelStateName[] = ['human', 'machine', 'failed', 'unstated', 'unlabeled'];

/** One label attribute: who labeled, how often each class, with what confidence. Everything shown filters by a click. */
export class SummaryCard extends LitElement {
  static override properties = {
    summary: { attribute: false },
    filter: { attribute: false },
    isSelected: { attribute: false },
    showsAll: { state: true },
  };

  declare summary: AttributeSummary;
  declare filter: RowFilter;
  declare isSelected: boolean;
  declare private showsAll: boolean;

  constructor() {
    super();
    this.showsAll = false;
  }

  override createRenderRoot() {
    return this;
  }

  override render() {
    const { name, types, classes } = this.summary;
    return html`<section class="card ${this.isSelected ? 'selected' : ''}" aria-label=${`Label attribute ${name}`}>
      <button class="card-title" aria-pressed=${this.isSelected} @click=${() => this.#tell('select-attribute', name)}>
        <span class="card-name" title=${name}>${name}</span>
        <span class="muted">${types.map((type) => type.replace(/^ground-?truth\//iu, '')).join(', ')}</span>
      </button>
      ${this.#renderStates()} ${this.#renderJobs()} ${classes.length > 0 ? this.#renderClasses(classes) : nothing}
      ${this.#renderConfidence()}
    </section>`;
  }

  #renderStates() {
    const total = states.reduce((sum, state) => sum + this.summary[state], 0);
    const present = states.filter((state) => this.summary[state] > 0);
    const { createdAt } = this.summary;
    return html`<div class="states-bar" aria-hidden="true">
        ${present.map(
          (state) =>
            html`<span
              class="state-${state}"
              .style=${`flex-grow: ${this.summary[state] / Math.max(1, total)}`}
            ></span>`,
        )}
      </div>
      <div class="states">
        ${present.map((state) => {
          const isOn = this.isSelected && this.filter.states.includes(state);
          return html`<button
            class="chip ${isOn ? 'on' : ''}"
            aria-pressed=${isOn}
            title="Show only these"
            @click=${() => this.#tell('toggle-state', state)}
          >
            <span class="dot state-${state}"></span>${stateNames[state]}
            <span class="number">${count(this.summary[state])}</span>
          </button>`;
        })}
      </div>
      ${createdAt ? html`<p class="muted times">${timeSpan(createdAt.first, createdAt.last)} UTC</p>` : nothing}`;
  }

  #renderJobs() {
    const { jobNames, human, machine, confidence: told } = this.summary;
    if (told.computed === 0) {
      return nothing;
    }
    if (jobNames.length > 1) {
      return html`<p class="hint">Labels of ${count(jobNames.length)} jobs: their confidences cannot be compared.</p>`;
    }
    return human > 0 && machine > 0
      ? html`<p class="hint">Confidences of humans and of machines cannot be compared.</p>`
      : nothing;
  }

  #renderClasses(classes: readonly ClassSummary[]) {
    const total = classes.reduce((sum, { labels }) => sum + labels, 0);
    const most = Math.max(...classes.map(({ labels }) => labels));
    const shown = this.showsAll ? classes : classes.slice(0, mostBars);
    const hidden = classes.length - shown.length;
    return html`<div class="bars" role="group" aria-label="Labels per class">
      ${shown.map((entry, index) => this.#renderBar(entry, index, { total, most }))}
      ${
        hidden > 0
          ? html`<button class="link" @click=${() => (this.showsAll = true)}>
              Show ${counted(hidden, 'more class', 'more classes')}
            </button>`
          : nothing
      }
      ${
        this.summary.moreClasses > 0
          ? html`<p class="muted">and ${counted(this.summary.moreClasses, 'rarer class', 'rarer classes')}</p>`
          : nothing
      }
    </div>`;
  }

  #renderBar({ name, labels }: ClassSummary, index: number, { total, most }: { total: number; most: number }) {
    const isOn = this.isSelected && this.filter.classes.includes(name);
    return html`<button
      class="bar ${isOn ? 'on' : ''}"
      aria-pressed=${isOn}
      title=${`Show only “${name}”`}
      @click=${() => this.#tell('toggle-class', name)}
    >
      <span class="bar-name">${name === '' ? '(no name)' : name}</span>
      <span class="number">${count(labels)}</span>
      <span class="number muted">${percent(labels, total)}</span>
      <span class="bar-track"
        ><span class="fill-${classColour(index)}" .style=${`width: ${(labels / most) * 100}%`}></span
      ></span>
    </button>`;
  }

  #renderConfidence() {
    const { computed, notComputed: without, lowest, highest, mean } = this.summary.confidence;
    if (computed === 0) {
      return without > 0
        ? html`<p class="hint">
            <strong>Confidence: not computed (one worker).</strong> Each object was labeled by one worker only, so
            Ground Truth wrote 0. Ask several workers per object to learn how sure a label is.
          </p>`
        : nothing;
    }
    const told = `Confidence of ${counted(computed, 'label', 'labels')} from ${confidence(lowest)} to ${confidence(highest)}, mean ${confidence(mean)}`;
    return html`<figure class="histogram">
      <figcaption title=${confidenceOrigin(this.summary).join('\n\n')}>
        <span>Confidence</span><span class="muted">mean ${confidence(mean)}</span>
      </figcaption>
      <gt-confidence-histogram
        .classes=${this.summary.classes}
        .label=${told}
        @choose-range=${({ detail }: CustomEvent<unknown>) => this.#tell('confidence-range', detail)}
      ></gt-confidence-histogram>
      <div class="axis muted" aria-hidden="true"><span>0</span><span>0.5</span><span>1</span></div>
      ${without > 0 ? html`<p class="muted">${counted(without, 'label', 'labels')}: ${notComputed.toLowerCase()}</p>` : nothing}
    </figure>`;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
