import { html, LitElement, nothing } from 'lit';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { JsonObject } from '../../src/core/json.js';
import { isObject } from '../../src/core/json.js';
import { parseLine } from '../../src/core/manifest/parseLine.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, WorkerResponses } from '../../src/protocol/manifestEditor.js';
import { failure, messageOf } from './failure.js';
import { count, fileName, seconds } from './format.js';
import { metadataTables } from './metadataTables.js';
import { copy } from './thumbnails.js';

type ShownPicture =
  | { readonly kind: 'picture'; readonly url: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'text'; readonly text: string };

interface Loaded {
  readonly line: number;
  readonly text: string;
  readonly object: JsonObject | undefined;
}

/** One object large: its picture or text, all that the line says, and what each worker answered. */
export class LineDetail extends LitElement {
  static override properties = {
    client: { attribute: false },
    query: { attribute: false },
    place: { attribute: false },
    total: { attribute: false },
    version: { attribute: false },
    loaded: { state: true },
    picture: { state: true },
    responses: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare query: RowQuery;
  /** Among the rows of the query. */
  declare place: number;
  declare total: number;
  declare version: string;
  declare private loaded: Loaded | undefined;
  declare private picture: ShownPicture | undefined;
  declare private responses: WorkerResponses | undefined;
  declare private error: string | undefined;
  #loading: AbortController | undefined;

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    this.#showPicture(undefined);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('place') || changed.has('version') || changed.has('query')) {
      void this.#load();
    }
  }

  override firstUpdated(): void {
    this.querySelector<HTMLElement>('.detail')?.focus();
  }

  override render() {
    const name = this.#name();
    return html`<article class="detail" tabindex="-1" aria-label=${`Object ${name}`} @keydown=${this.#key}>
      <header class="detail-header">
        <button class="icon-button" title="Back to the list (Escape)" @click=${() => this.#tell('close')}>
          <span class="codicon codicon-arrow-left"></span><span class="visually-hidden">Back to the list</span>
        </button>
        <h2 title=${name}>${name}</h2>
        <span class="muted position" role="status">${count(this.place + 1)} of ${count(this.total)}</span>
        <button class="icon-button" title="Previous (←)" ?disabled=${this.place <= 0} @click=${() => this.#go(-1)}>
          <span class="codicon codicon-chevron-left"></span><span class="visually-hidden">Previous</span>
        </button>
        <button
          class="icon-button"
          title="Next (→)"
          ?disabled=${this.place >= this.total - 1}
          @click=${() => this.#go(1)}
        >
          <span class="codicon codicon-chevron-right"></span><span class="visually-hidden">Next</span>
        </button>
      </header>
      ${
        this.error === undefined
          ? html`<div class="detail-picture">${this.#renderPicture()}</div>
              <div class="detail-facts">${this.#renderFacts()}</div>`
          : failure(this.error, () => void this.#load())
      }
    </article>`;
  }

  #name(): string {
    const source = this.loaded?.object?.['source-ref'];
    return typeof source === 'string' ? fileName(source) : this.loaded ? `Line ${count(this.loaded.line + 1)}` : '';
  }

  #renderPicture() {
    switch (this.picture?.kind) {
      case undefined:
        return nothing;
      case 'picture':
        return html`<img src=${this.picture.url} alt=${this.#name()} @error=${this.#damaged} />`;
      case 'text':
        return html`<p class="long-text">${this.picture.text}</p>`;
      case 'missing':
        return html`<p class="no-picture"><span class="codicon codicon-circle-slash"></span>${this.picture.reason}</p>`;
    }
  }

  #renderFacts() {
    if (!this.loaded) {
      return nothing;
    }
    const { line, text, object } = this.loaded;
    return html`${object ? metadataTables(object) : nothing}
      <section>
        <h3>Worker responses</h3>
        ${this.#renderResponses()}
      </section>
      <section>
        <h3>
          Line ${count(line + 1)}
          <button class="link" @click=${() => this.client.call('text.open', { line })}>Open as text</button>
        </h3>
        <pre tabindex="0" aria-label="The line as JSON">${object ? JSON.stringify(object, undefined, 2) : text}</pre>
      </section>`;
  }

  #renderResponses() {
    switch (this.responses?.kind) {
      case undefined:
        return html`<p class="muted">Reading…</p>`;
      case 'none':
        return html`<p class="muted">${this.responses.reason}</p>`;
      case 'answers':
        return html`<table class="facts answers">
          <thead>
            <tr>
              <th scope="col">Worker</th>
              <th scope="col">Answer</th>
              <th scope="col" class="number">Time spent</th>
            </tr>
          </thead>
          <tbody>
            ${this.responses.answers.map(
              ({ workerId, answer, comment, timeSpentInSeconds, submittedAt }) =>
                html`<tr title=${submittedAt === undefined ? '' : `Submitted ${submittedAt}`}>
                  <td class="mono">${workerId.replace(/^.*\./u, '')}</td>
                  <td>
                    ${answer}${comment === undefined ? nothing : html`<br /><span class="muted">${comment}</span>`}
                  </td>
                  <td class="number">${timeSpentInSeconds === undefined ? '–' : seconds(timeSpentInSeconds)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`;
    }
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const { signal } = loading;
    try {
      const { rows } = await this.client.call('rows.read', { query: this.query, first: this.place, count: 1 }, signal);
      const line = rows[0]?.line;
      if (line === undefined) {
        this.#tell('close'); // The manifest has become shorter.
        return;
      }
      const text = await this.client.call('line.read', { line }, signal);
      const parsed = parseLine(text);
      const object = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
      this.loaded = { line, text, object };
      this.error = undefined;
      await Promise.all([this.#loadPicture(line, object, signal), this.#loadResponses(line, signal)]);
    } catch (error) {
      if (!signal.aborted) {
        this.error = messageOf(error);
      }
    }
  }

  async #loadPicture(line: number, object: JsonObject | undefined, signal: AbortSignal): Promise<void> {
    const text = object?.['source'];
    if (typeof object?.['source-ref'] !== 'string' && typeof text === 'string') {
      this.#showPicture({ kind: 'text', text });
      return;
    }
    const picture = await this.client.call('picture.read', { line }, signal);
    signal.throwIfAborted();
    this.#showPicture(
      picture.kind === 'missing'
        ? picture
        : {
            kind: 'picture',
            url: URL.createObjectURL(new Blob([copy(picture.bytes)], { type: picture.contentType })),
          },
    );
  }

  async #loadResponses(line: number, signal: AbortSignal): Promise<void> {
    this.responses = undefined;
    try {
      const responses = await this.client.call('responses.read', { line }, signal);
      this.responses = responses;
    } catch (error) {
      if (!signal.aborted) {
        this.responses = { kind: 'none', reason: messageOf(error) };
      }
    }
  }

  #showPicture(picture: ShownPicture | undefined): void {
    if (this.picture?.kind === 'picture') {
      URL.revokeObjectURL(this.picture.url);
    }
    this.picture = picture;
  }

  readonly #damaged = () =>
    this.#showPicture({ kind: 'missing', reason: 'The file is damaged: it cannot be shown as a picture.' });

  readonly #key = (event: KeyboardEvent) => {
    const isInText = event.target instanceof HTMLPreElement && event.key.startsWith('Arrow');
    if (event.key === 'Escape') {
      this.#tell('close');
    } else if (!isInText && (event.key === 'ArrowRight' || event.key === 'ArrowDown')) {
      this.#go(1);
    } else if (!isInText && (event.key === 'ArrowLeft' || event.key === 'ArrowUp')) {
      this.#go(-1);
    } else {
      return;
    }
    event.preventDefault();
  };

  #go(step: number): void {
    const place = this.place + step;
    if (place >= 0 && place < this.total) {
      this.dispatchEvent(new CustomEvent('go', { detail: place }));
    }
  }

  #tell(name: 'close'): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}
