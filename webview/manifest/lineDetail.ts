import { html, LitElement, nothing } from 'lit';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import type { ImagePx, Size } from '../../src/core/manifest/pixels.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, WorkerResponses } from '../../src/protocol/manifestEditor.js';
import { detailHeader } from './detailHeader.js';
import { failure, messageOf } from './failure.js';
import { count, fileName } from './format.js';
import type { Highlight, Layer } from './layers.js';
import { Lateness } from './lateness.js';
import { metadataTables } from './metadataTables.js';
import { attributeOf, listProperty, type ObjectList } from './objectList.js';
import { objectContent } from './objectContent.js';
import { objectLayers, workerLayer } from './objectLayers.js';
import type { PictureStage } from './pictureStage.js';
import { responsesTable, unreadableNote } from './responsesTable.js';
import { shapeList } from './shapeList.js';
import type { ShapeLooks } from './shapeLooks.js';
import type { Switched } from './shapeSwitches.js';
import { type LoadedLine, loadLine, loadObject, release, type ShownObject } from './shownObject.js';

/** One object large: its picture or text, all that the line says, and what each worker answered. */
export class LineDetail extends LitElement {
  static override properties = {
    client: { attribute: false },
    list: listProperty,
    place: { attribute: false },
    total: { attribute: false },
    version: { attribute: false },
    summaries: { attribute: false },
    looks: { attribute: false },
    loaded: { state: true },
    shown: { state: true },
    pictureSize: { state: true },
    highlight: { state: true },
    responses: { state: true },
    error: { state: true },
  };

  declare client: Client<ManifestEditor>;
  declare list: ObjectList;
  /** Among the objects of the list. */
  declare place: number;
  declare total: number;
  declare version: string;
  declare summaries: readonly AttributeSummary[];
  declare looks: ShapeLooks;
  declare private loaded: LoadedLine | undefined;
  declare private shown: ShownObject | undefined;
  declare private pictureSize: Size<ImagePx> | undefined;
  declare private highlight: Highlight | undefined;
  declare private responses: WorkerResponses | undefined;
  declare private error: string | undefined;
  #loading: AbortController | undefined;
  /** Whether `loaded` is still the object before. */
  #isOtherAwaited = false;
  readonly #lateness = new Lateness(() => this.#forget());
  #listening: { dispose(): void } | undefined;

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening?.dispose();
    this.#listening = undefined;
    this.#loading?.abort();
    this.#lateness.end();
    this.#show(undefined);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    this.#listening ??= this.client.on('pictures.outdated', () => {
      this.#show(undefined);
      void this.#load();
    });
    const isOther = changed.has('place') || changed.has('list');
    this.#isOtherAwaited ||= isOther;
    if (isOther || changed.has('version')) {
      void this.#load();
    }
  }

  override firstUpdated(): void {
    this.querySelector<HTMLElement>('.detail')?.focus();
  }

  override render() {
    const name = this.#name();
    const layers = this.#layers();
    return html`<article class="detail" tabindex="-1" aria-label=${`Object ${name}`} @keydown=${this.#key}>
      ${detailHeader({
        name,
        place: this.place,
        total: this.total,
        list: this.list,
        onClose: () => this.#tell('close'),
        onGo: (step) => this.#go(step),
      })}
      ${
        this.error === undefined
          ? html`<div class="detail-picture">${this.#renderContent(layers)}</div>
              <div class="detail-facts">${this.#renderFacts(layers)}</div>`
          : failure(this.error, () => void this.#load())
      }
    </article>`;
  }

  #name(): string {
    const source = this.loaded?.object?.['source-ref'];
    return typeof source === 'string' ? fileName(source) : this.loaded ? `Line ${count(this.loaded.line + 1)}` : '';
  }

  #layers(): readonly Layer[] {
    const { shown, responses, pictureSize: picture, summaries, looks } = this;
    if (!shown?.object) {
      return [];
    }
    const { object: line, masks } = shown;
    const answers = responses?.kind === 'answers' ? responses.answers : [];
    const { switches, colors } = looks;
    const attribute = attributeOf(this.list);
    return objectLayers({ line, answers, masks, picture }, { summaries, attribute, switches, colors });
  }

  #renderContent(layers: readonly Layer[]) {
    return objectContent(this.shown?.content, {
      name: this.#name(),
      layers,
      switches: this.looks.switches,
      highlight: this.highlight,
      isLate: this.#lateness.isLate,
      missing: { client: this.client, source: this.shown?.object?.['source-ref'], onAgain: this.#readAgain },
      onSized: (size) => (this.pictureSize = size),
      onDamaged: this.#damaged,
      onHighlight: (highlight) => (this.highlight = highlight),
    });
  }

  #renderFacts(layers: readonly Layer[]) {
    if (!this.loaded) {
      return nothing;
    }
    const { line, text, object } = this.loaded;
    const { highlight, pictureSize: picture } = this;
    return html`${shapeList(layers, {
        switches: this.looks.switches,
        highlight,
        picture,
        onFlip: (layer, className) => this.#flip(layer, className),
        onHighlight: (pointed) => (this.highlight = pointed),
      })}
      ${object ? metadataTables(object) : nothing}
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
        return html`${unreadableNote(this.responses.unreadable)}
        ${responsesTable(this.responses.answers, {
          switches: this.looks.switches,
          onFlip: (answer) => this.#flip(workerLayer(answer)),
        })}`;
    }
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const { signal } = loading;
    if (this.#isOtherAwaited || !this.shown) {
      this.#lateness.begin();
    }
    try {
      const loaded = await loadLine(this.client, this, signal);
      if (!loaded) {
        this.#tell('close'); // The manifest has become shorter.
        return;
      }
      // A line that a growing manifest has as before stays as it is shown, with its picture zoomed.
      const isSame = loaded.line === this.loaded?.line && loaded.text === this.loaded.text;
      this.loaded = loaded;
      this.#isOtherAwaited = false;
      this.error = undefined;
      await Promise.all([
        isSame && this.shown?.content.kind === 'picture' ? this.#lateness.end() : this.#loadObject(loaded, signal),
        this.#loadResponses(loaded.line, signal),
      ]);
    } catch (error) {
      if (!signal.aborted) {
        this.#lateness.end();
        this.error = messageOf(error);
      }
    }
  }

  async #loadObject(loaded: LoadedLine, signal: AbortSignal): Promise<void> {
    const shown = await loadObject(this.client, { loaded, onMask: () => this.requestUpdate() }, signal);
    this.#lateness.end();
    this.#show(shown);
  }

  /** The object before, which would be taken for the one that is awaited. */
  #forget(): void {
    this.#show(undefined);
    this.requestUpdate();
    if (this.#isOtherAwaited) {
      this.loaded = undefined;
      this.responses = undefined;
    }
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

  #show(shown: ShownObject | undefined): void {
    if (this.shown) {
      release(this.shown);
    }
    this.shown = shown;
    this.pictureSize = undefined;
    this.highlight = undefined;
  }

  #flip(layer: Switched, className?: string): void {
    this.looks.switches.flip(layer, className);
    this.requestUpdate();
  }

  readonly #readAgain = () => {
    this.querySelector<HTMLElement>('.detail')?.focus();
    void this.client.call('pictures.refresh', undefined);
  };

  readonly #damaged = () => {
    const reason = 'The file is damaged: it cannot be shown as a picture.';
    this.shown = this.shown && { ...this.shown, content: { kind: 'missing', cause: 'notAPicture', reason } };
  };

  readonly #key = (event: KeyboardEvent) => {
    const isArrow = event.key.startsWith('Arrow');
    if (event.defaultPrevented || (isArrow && event.target instanceof HTMLPreElement)) {
      return; // It has been taken, or scrolls the text that has the focus.
    }
    if (event.key === 'Escape') {
      this.#tell('close');
    } else if (this.#stage?.takesKey(event) === true) {
      // The picture has been zoomed or moved.
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') {
      this.#go(1);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') {
      this.#go(-1);
    } else {
      return;
    }
    event.preventDefault();
  };

  get #stage() {
    return this.querySelector<PictureStage>('gt-picture-stage')?.zoom;
  }

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
