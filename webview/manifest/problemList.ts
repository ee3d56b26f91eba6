import { html, LitElement, nothing } from 'lit';
import { isBroken, type LineProblem } from '../../src/core/manifest/lineProblems.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { failure, messageOf } from './failure.js';
import { count, problemText } from './format.js';

const atOnce = 200;

/** The lines that are not as they should be, each with the reason; a click opens it as text. */
export class ProblemList extends LitElement {
  static override properties = {
    client: { attribute: false },
    version: { attribute: false },
    total: { attribute: false },
    problems: { state: true },
    hasMore: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare version: string;
  declare total: number;
  declare private problems: readonly LineProblem[];
  /** Whether the host may have others behind these: it does not keep all of very many. */
  declare private hasMore: boolean;
  declare private error: string | undefined;

  constructor() {
    super();
    this.problems = [];
    this.hasMore = false;
  }

  override createRenderRoot() {
    return this;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('version')) {
      void this.#load(Math.max(atOnce, this.problems.length), 0);
    }
  }

  override render() {
    if (this.error !== undefined) {
      return failure(this.error, () => void this.#load(atOnce, 0));
    }
    return html`<p class="problems-check">
        <button class="link" @click=${() => void this.client.call('manifest.check', undefined)}>Check Manifest</button>
        tells of labels, addresses and duplicates too, in the Problems view.
      </p>
      <ul class="problems" aria-label="Problems of lines">
        ${this.problems.map(
          ({ line, reason }) =>
            html`<li>
              <button class="problem" title="Open this line as text" @click=${() => this.#open(line)}>
                <span class="codicon ${isBroken(reason) ? 'codicon-error' : 'codicon-warning'}"></span>
                <span class="problem-line">Line ${count(line + 1)}</span>
                <span class="problem-reason">${problemText(reason)}</span>
              </button>
            </li>`,
        )}
        ${this.#renderRest(this.total - this.problems.length)}
      </ul>`;
  }

  #renderRest(rest: number) {
    if (this.problems.length === 0 || rest <= 0) {
      return nothing;
    }
    return this.hasMore
      ? html`<li>
          <button class="link" @click=${() => this.#load(atOnce, this.problems.length)}>Show more</button>
        </li>`
      : html`<li class="muted">${count(rest)} more are not listed here: check the manifest to learn of all.</li>`;
  }

  async #load(wanted: number, first: number): Promise<void> {
    try {
      const loaded = await this.client.call('problems.read', { first, count: wanted });
      this.error = undefined;
      this.problems = [...this.problems.slice(0, first), ...loaded];
      this.hasMore = loaded.length === wanted;
    } catch (error) {
      this.error = messageOf(error);
    }
  }

  #open(line: number): void {
    void this.client.call('text.open', { line });
  }
}
