import { html, LitElement, nothing } from 'lit';
import type { Confusion } from '../../src/core/consolidation/wholeJob/jobAnalysis.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { failure, messageOf } from './failure.js';
import { counted, percent } from './format.js';
import { workerName } from './workerTable.js';

/** More would be a table that nobody reads. */
const mostClasses = 30;

/** Which classes are taken for which: by all workers, or by the one that is chosen. */
export class ConfusionTable extends LitElement {
  static override properties = {
    client: { attribute: false },
    classes: { attribute: false },
    workers: { attribute: false },
    version: { attribute: false },
    worker: { state: true },
    confusion: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare classes: readonly string[];
  /** How many there are. */
  declare workers: number;
  declare version: string;
  declare private worker: number | undefined;
  declare private confusion: Confusion;
  declare private error: string | undefined;

  constructor() {
    super();
    this.confusion = [];
  }

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('version')) {
      this.worker = undefined;
      void this.#read();
    }
  }

  override render() {
    const { classes, confusion } = this;
    const shown = classes.slice(0, mostClasses);
    return html`<section>
      <h2>
        Which classes are taken for which
        <select aria-label="Whose answers" @change=${this.#choose}>
          <option value="" ?selected=${this.worker === undefined}>All workers</option>
          ${Array.from(
            { length: this.workers },
            (_, place) => html`<option value=${place} ?selected=${this.worker === place}>${workerName(place)}</option>`,
          )}
        </select>
      </h2>
      ${this.error === undefined ? nothing : failure(this.error, () => void this.#read())}
      <div class="scrolled">
        <table class="confusion">
          <thead>
            <tr>
              <th scope="col">Estimated ↓ answered →</th>
              ${shown.map((name) => html`<th scope="col" class="number" title=${`answered “${name}”`}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${shown.map((name, truth) => this.#renderRow(name, truth, confusion[truth]?.slice(0, mostClasses) ?? []))}
          </tbody>
        </table>
      </div>
      ${
        classes.length > shown.length
          ? html`<p class="muted">
              ${counted(classes.length - shown.length, 'class is', 'classes are')} not shown here.
            </p>`
          : nothing
      }
    </section>`;
  }

  #renderRow(name: string, truth: number, parts: readonly number[]) {
    const isExpected = parts.some((part) => part > 0);
    return html`<tr>
      <th scope="row">${name}</th>
      ${parts.map((part, answered) => {
        const told = isExpected ? percent(part, 1) : '–';
        return html`<td
          class="number ${answered === truth ? 'right' : 'wrong'} ${part < 0.005 ? 'muted' : ''}"
          .style=${`--part: ${part}`}
          title=${isExpected ? `Of what is “${name}”, ${told} was answered “${this.classes[answered] ?? ''}”` : ''}
        >
          ${told}
        </td>`;
      })}
    </tr>`;
  }

  readonly #choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    this.worker = value === '' ? undefined : Number(value);
    void this.#read();
  };

  async #read(): Promise<void> {
    const { worker } = this;
    try {
      const confusion = await this.client.call('confusion.read', worker === undefined ? {} : { worker });
      if (worker === this.worker) {
        this.confusion = confusion;
        this.error = undefined;
      }
    } catch (error) {
      this.error = messageOf(error);
    }
  }
}
