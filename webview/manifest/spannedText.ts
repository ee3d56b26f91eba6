import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Span } from '../../src/core/manifest/drawing.js';
import { textPieces } from '../../src/core/manifest/textPieces.js';
import { shownName, type Highlight, type Layer, lookOf, type Mark, markAfter, markText, shownSpans } from './layers.js';
import type { ShapeSwitches } from './shapeSwitches.js';

type Marked = Mark<Span> & Pick<Span, 'start' | 'end'>;

/** A text with the spans that its labels and workers marked in it. */
export class SpannedText extends LitElement {
  static override properties = {
    text: { attribute: false },
    layers: { attribute: false },
    switches: { attribute: false },
    highlight: { attribute: false },
    current: { state: true },
  };

  declare text: string;
  declare layers: readonly Layer[];
  declare switches: ShapeSwitches;
  declare highlight: Highlight | undefined;
  /** The span that Tab stops at, and arrow keys go on from. */
  declare private current: string | undefined;

  override createRenderRoot() {
    return this;
  }

  override render() {
    const layers = this.layers.filter((layer) => this.switches.isOn(layer));
    const marks = this.#marks();
    const current = marks.find(({ id }) => id === this.current)?.id ?? marks[0]?.id;
    let offset = 0;
    const pieces = textPieces(this.text, marks).map(({ text, spans }) => {
      const start = offset;
      offset += Array.from(text).length;
      return this.#nest(text, spans, { start, end: offset, current, layerCount: layers.length });
    });
    const pointed = marks.find(({ id }) => id === this.highlight?.mark);
    return html`<p
        class="long-text"
        @pointerover=${this.#over}
        @pointerleave=${() => this.#tell(undefined)}
        @focusin=${this.#over}
        @focusout=${() => this.#tell(undefined)}
        @keydown=${this.#key}
      >
        <span>${pieces}</span>
      </p>
      ${pointed ? html`<p class="shape-tip" aria-hidden="true">${markText(pointed, layers.length)}</p>` : nothing}`;
  }

  /** Each span that reaches over the piece is a mark around those that begin after it. */
  #nest(
    text: string,
    [outer, ...inner]: readonly Marked[],
    piece: { start: number; end: number; current: string | undefined; layerCount: number },
  ): TemplateResult | string {
    if (!outer) {
      return text;
    }
    const { id, layer, item, start, end } = outer;
    const isFirst = start === piece.start;
    const told = markText(outer, piece.layerCount);
    return html`<mark
      class="span line-${layer.line} ${layer.kind} ${lookOf(outer, this.highlight)}"
      .style=${`--mark: ${layer.colorOf(item.className)}; --depth: ${inner.length}`}
      data-mark=${id}
      title=${told}
      tabindex=${isFirst ? (id === piece.current ? 0 : -1) : nothing}
      >${this.#nest(text, inner, piece)}${
        end === piece.end ? html`<span class="span-class">${shownName(item.className)}</span>` : nothing
      }</mark
    >`;
  }

  #marks(): readonly Marked[] {
    return shownSpans(this.layers, this.switches).map((mark) =>
      Object.assign({ start: mark.item.start, end: mark.item.end }, mark),
    );
  }

  readonly #over = (event: Event) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-mark]') : null;
    const found = this.#marks().find(({ id }) => id === element?.dataset['mark']);
    if (found && event.type === 'focusin') {
      this.current = found.id;
    }
    this.#tell(found && { from: 'object', layer: found.layer.key, className: found.item.className, mark: found.id });
  };

  readonly #key = (event: KeyboardEvent) => {
    const ids = this.#marks()
      .toSorted((a, b) => a.start - b.start)
      .map(({ id }) => id);
    const next = markAfter(ids, this.current, event.key);
    if (next !== undefined) {
      event.preventDefault(); // The page does not take it for the next object.
      this.querySelector<HTMLElement>(`[data-mark="${CSS.escape(next)}"][tabindex]`)?.focus();
    }
  };

  #tell(highlight: Highlight | undefined): void {
    this.dispatchEvent(new CustomEvent('highlight', { detail: highlight }));
  }
}
